using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Dora;

/// <summary>A metric team by team, in the order of their names; each value leads to its explanation, each name to the same page of that team.</summary>
internal sealed record TeamTable(IReadOnlyList<string> Measures, IReadOnlyList<TeamTable.Row> Rows, string Csv)
{
    /// <summary>Of the file.</summary>
    public const string Id = "by-team";

    /// <param name="Value">As in the file.</param>
    /// <param name="Why">Null where a value explains itself.</param>
    public sealed record Cell(string Text, double? Value, string Unit, string? Why);

    public sealed record Row(string Team, string Href, IReadOnlyList<Cell> Cells);

    /// <summary>With a single team that has anything there is nothing to tell apart.</summary>
    public bool IsWorthIt => Rows.Count > 1;

    public IEnumerable<FigureRow> Figures => Rows.SelectMany(row =>
        row.Cells.Zip(Measures, (cell, measure) => new FigureRow(row.Team, measure, cell.Value, cell.Unit, cell.Text, Partial: false)));

    public static TeamTable Of(PageFilter chosen, Grouping grouping, IReadOnlyList<DeploymentFrequency.Group> groups) => Make(
        chosen, grouping, "/dora/deployment-frequency", ["Deployments", "Failed"], groups, group => (group.Key, group.Label), (group, team) =>
        [
            new(Numbers.Count(group.Count), group.Count, "", Why.Address(chosen, ExplainedMetric.DeploymentFrequency, Figure.Headline, team)),
            new(Numbers.Count(group.Failed), group.Failed, "", Why: null),
        ]);

    public static TeamTable Of(PageFilter chosen, Grouping grouping, IReadOnlyList<LeadTimeForChanges.Group> groups) => Make(
        chosen, grouping, "/dora/lead-time", ["Median", "90th percentile", "Pull requests"], groups, group => (group.Key, group.Label), (group, team) =>
        [
            Of(group.Median, Why.Address(chosen, ExplainedMetric.LeadTime, Figure.Headline, team)),
            Of(group.P90, Why.Address(chosen, ExplainedMetric.LeadTime, Figure.P90, team)),
            new(Numbers.Count(group.Count), group.Count, "", Why: null),
        ]);

    public static TeamTable Of(
        PageFilter chosen, Grouping grouping, IReadOnlyList<ChangeFailureRate.Group> groups, IReadOnlyList<ReworkRate.Group> rework) => Make(
        chosen, grouping, "/dora/change-failure-rate", ["Rate", "Failed", "Releases", "Rework"], groups, group => (group.Key, group.Label), (group, team) =>
        [
            OfRate(group.Value, Why.Address(chosen, ExplainedMetric.ChangeFailureRate, Figure.Headline, team)),
            new(Numbers.Count(group.Failed), group.Failed, "", Why: null),
            new(Numbers.Count(group.Total), group.Total, "", Why: null),
            OfRate(rework.FirstOrDefault(r => r.Key == group.Key)?.Value, Why.Address(chosen, ExplainedMetric.ReworkRate, Figure.Headline, team)),
        ]);

    public static TeamTable Of(PageFilter chosen, Grouping grouping, IReadOnlyList<TimeToRecovery.Group> groups) => Make(
        chosen, grouping, "/dora/recovery", ["Mean", "Median", "Resolved"], groups, group => (group.Key, group.Label), (group, team) =>
        [
            Of(group.Mean, Why.Address(chosen, ExplainedMetric.Recovery, Figure.Headline, team)),
            Of(group.Median, Why.Address(chosen, ExplainedMetric.Recovery, Figure.Median, team)),
            new(Numbers.Count(group.Count), group.Count, "", Why: null),
        ]);

    private static TeamTable Make<TGroup>(
        PageFilter chosen, Grouping grouping, string path, IReadOnlyList<string> measures, IReadOnlyList<TGroup> groups, Func<TGroup, (string Key, string Label)> name,
        Func<TGroup, (string, string?), IReadOnlyList<Cell>> cells) => new(
        measures,
        [
            .. groups.Select(group =>
            {
                var team = ("team", (string?)new PageFilter.TeamChoice(Guid.Parse(name(group).Key), name(group).Label).Key);
                return new Row(name(group).Label, chosen.Address(path, team), cells(group, team));
            }),
        ],
        Buckets.Csv(chosen, path, grouping, Id));

    private static Cell Of(double? seconds, string why) => new(seconds is { } s ? Durations.Short(s) : "no data", seconds, "s", seconds is null ? null : why);

    private static Cell OfRate(double? rate, string why) => new(rate is { } r ? Numbers.Rate(r) : "no data", rate * 100, "%", rate is null ? null : why);
}
