using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Html;

namespace Veelocity.Web.Pages.Shared;

/// <summary>A chart as a page shows it: the answer in words, what it means, the numbers, and where they come from.</summary>
/// <param name="Title">The answer in words.</param>
/// <param name="Subtitle">The definition.</param>
/// <param name="InWords">For readers who do not see the drawing.</param>
/// <param name="CsvHref">What it shows, as a file.</param>
internal sealed record ChartView(string Id, string Title, string Subtitle, string InWords, ChartData Data, string CsvHref)
{
    public bool HasPartial => Data.Partial.Contains(true) && Data.Series.Any(series => !series.Dashed);

    public bool HasProvisional => Data.Provisional?.Contains(true) == true;

    /// <summary>The same numbers, a line for each.</summary>
    public IEnumerable<FigureRow> Rows() =>
        from series in Data.Series
        from at in Enumerable.Range(0, Data.Labels.Count)
        where at < series.Values.Count
        select new FigureRow(
            Data.Labels[at], series.Name, series.Values[at], (series.Axis is null ? Data.Unit : Data.RightUnit ?? "").Trim(), series.Texts[at], Data.Partial[at],
            Data.Provisional?[at] ?? false);
}

/// <summary>The numbers of a chart, as <c>js/chart.js</c> reads them.</summary>
/// <param name="First">What the labels are, for the table: "Week", "Day".</param>
/// <param name="Partial">Which buckets are cut off or not over yet (M5).</param>
/// <param name="Provisional">Which buckets can still change although they are whole (M21).</param>
/// <param name="Unit">What follows the figures of the left axis, such as " d".</param>
/// <param name="Hrefs">The explanation of each bucket; a series may have its own.</param>
/// <param name="Shape">One of several under each other: without or with the axis of time.</param>
internal sealed record ChartData(
    [property: JsonIgnore] string First,
    IReadOnlyList<string> Labels,
    IReadOnlyList<bool> Partial,
    string Unit,
    IReadOnlyList<ChartSeries> Series,
    [property: JsonIgnore] IReadOnlyList<string?>? Hrefs = null,
    string? RightUnit = null,
    string? Shape = null,
    IReadOnlyList<bool>? Provisional = null)
{
    /// <summary>What a bucket's label adds in a table; null for an ordinary one.</summary>
    public string? Mark(int at) => (Partial[at], Provisional?[at] ?? false) switch
    {
        (true, true) => " (partial, provisional)",
        (true, false) => " (partial)",
        (false, true) => " (provisional)",
        _ => null,
    };

    public const string Upper = "upper", Lowest = "lowest";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    // The default encoder escapes <, > and &, so the block cannot be left from within.
    public IHtmlContent ToJson() => new HtmlString(JsonSerializer.Serialize(this, Json));
}

/// <summary>One line or set of bars. A null value is a gap, never a zero (M3).</summary>
/// <param name="Colour">A token's name: navy, teal, …</param>
/// <param name="Texts">Each value as people read it.</param>
/// <param name="Axis">y2 for the right axis.</param>
/// <param name="Hrefs">The explanation of each value; null for those of the buckets.</param>
internal sealed record ChartSeries(
    string Name, string Colour, string Kind, IReadOnlyList<double?> Values, IReadOnlyList<string> Texts, bool Dashed = false, string? Axis = null,
    [property: JsonIgnore] IReadOnlyList<string?>? Hrefs = null)
{
    public const string Bars = "bar";
    public const string Line = "line";
}
