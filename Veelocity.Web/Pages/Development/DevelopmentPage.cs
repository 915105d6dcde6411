using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Development;

/// <summary>What every page about development does: read whose work is asked for, and say what is not in a number.</summary>
internal abstract class DevelopmentPage(PageFilterReader filters, VeelocityDb db, PeopleSight sight) : MeasuredPage(filters, db)
{
    /// <summary>Rows left out of a value for one reason.</summary>
    public sealed record LeftOutNote(string Name, string Why, long Count, string Address);

    public WorkView View { get; private set; } = null!;
    public Grouping Grouping { get; private set; } = null!;

    /// <summary>Cards beside each other.</summary>
    public IReadOnlyList<Kpi> Cards { get; protected set; } = [];

    public IReadOnlyList<GroupTable> Tables { get; protected set; } = [];
    public IReadOnlyList<LeftOutNote> LeftOut { get; protected set; } = [];

    protected abstract string Path { get; }

    protected (Period Period, WorkScope Scope) Asked => (View.Period, View.Scope);

    protected sealed override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        View = WorkView.Of(Chosen, Request);
        Grouping = Buckets.Chosen(Chosen, Request);
        return await MeasureAsync(cancellation);
    }

    protected abstract Task<IActionResult> MeasureAsync(CancellationToken cancellation);

    /// <summary>The splits that say more than the whole: several repositories, teams, and people where the reader may see them.</summary>
    protected IEnumerable<WorkSplit> Splits()
    {
        if (Chosen.Repository is null && Chosen.Repositories.Count > 1) yield return WorkSplit.Repository;
        if (Chosen.AsksForTeams && View.Authors != Cohort.Agents) yield return WorkSplit.Team;
        if (sight.SeesEveryone && View.Authors != Cohort.Agents) yield return WorkSplit.Developer;
    }

    /// <summary>A table of a split; each line leads to itself.</summary>
    protected GroupTable Table(WorkSplit split, IReadOnlyList<string> columns, IEnumerable<(string Key, string Label, Func<(string, string?), IReadOnlyList<GroupTable.Cell>> Cells)> groups)
    {
        var (id, title, first, subtitle) = split.Name switch
        {
            "repo" => ("by-repository", "By repository", "Repository", "An issue with pull requests in several repositories counts in each"),
            "team" => ("by-team", "By team", "Team", "By the members of each team; rows overlap where a person is in several"),
            _ => ("by-developer", "By developer", "Developer", "In order of names"),
        };
        return new GroupTable(id, title, subtitle, first, columns,
            [.. groups.Select(group => LineOf(split, group.Key, group.Label, group.Cells(Narrowed(split, group.Key, group.Label))))],
            View.Csv(Path, Grouping, id));
    }

    protected static GroupTable.Cell Cell(double? seconds, string? why) => seconds is { } known
        ? new(known, "s", Durations.Short(known), Durations.Exact(known), why)
        : new(null, "s", "—");

    protected static GroupTable.Cell Cell(long? count, string? why = null) => count is { } known ? new(known, "", Numbers.Count(known), null, why) : new(null, "", "—");

    protected IReadOnlyList<LeftOutNote> Notes(ExplainedMetric metric, IEnumerable<WorkReasonCount> reasons) =>
        [.. reasons.Select(r => new LeftOutNote(
            WorkReasons.NameOf(r.Reason), WorkReasons.WhyOf(r.Reason), r.Count, View.Why(metric, Figure.Headline, ("show", RowSet.LeftOut), ("reason", Why.KeyOf(r.Reason)))))];

    // What has no repository or no developer has no page of its own.
    private GroupTable.Line LineOf(WorkSplit split, string key, string label, IReadOnlyList<GroupTable.Cell> cells) =>
        split != WorkSplit.Team && key == Filter.NoTeam.ToString()
            ? new GroupTable.Line(label, null, [.. cells.Select(cell => cell with { Why = null })])
            : new GroupTable.Line(label, HrefOf(split, key, label), cells);

    private string HrefOf(WorkSplit split, string key, string label) => split.Name switch
    {
        "repo" => View.Address(Path, ("repo", label)),
        "team" => View.Address(Path, ("team", TeamKey(key))),
        _ => View.Address($"/developers/{key}"),
    };

    private static (string, string?) Narrowed(WorkSplit split, string key, string label) => split.Name switch
    {
        "repo" => ("repo", label),
        "team" => ("team", TeamKey(key)),
        _ => (WorkView.PersonKey, key),
    };

    private static string TeamKey(string key) => key == Filter.NoTeam.ToString() ? PageFilter.TeamChoice.None : key;
}
