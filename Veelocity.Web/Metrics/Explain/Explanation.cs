using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>Why a value is what it is (M35).</summary>
/// <param name="Name">What it is the value of: "90th percentile of lead time".</param>
/// <param name="Value">As people read it; null when there is none.</param>
/// <param name="Count">From how many rows.</param>
/// <param name="Noun">What a row is.</param>
/// <param name="Formula">With the real figures, a line for each step.</param>
/// <param name="Between">For a percentile: the rows it lies between.</param>
/// <param name="Band">Null where a band says nothing (M4).</param>
/// <param name="Sets">The rows in it, and those left out.</param>
public sealed record Explanation(
    string Name, string? Value, string? Exact, long Count, string Noun, IReadOnlyList<string> Formula, IReadOnlyList<RankedRow> Between,
    Band? Band, IReadOnlyList<RowSet> Sets);

/// <summary>A row at its place in order, counted from 1.</summary>
/// <param name="Subject">Null for rows that members do not decide about.</param>
public sealed record RankedRow(long Place, Guid Id, DecisionSubject? Subject, string Title, double Seconds);

/// <summary>Rows that play one part in a value.</summary>
public sealed record RowSet(string Key, string Name, long Count, IReadOnlyList<LeftOutReason> Reasons)
{
    public const string In = "in", Failed = "failed", Sound = "sound", Repairs = "repairs", Planned = "planned", Others = "others", LeftOut = "left-out";

    public static RowSet Of(string key, string name, long count) => new(key, name, count, []);

    public static RowSet OfLeftOut(IReadOnlyList<LeftOutReason> reasons) => new(LeftOut, "Left out", reasons.Sum(reason => reason.Count), reasons);
}

/// <summary>Why rows are left out, in words, and how many.</summary>
public sealed record LeftOutReason(string Key, string Name, string Why, long Count);
