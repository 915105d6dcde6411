using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;

namespace Veelocity.Web.Pages.Development;

/// <summary>How long issues take, to their last merge and from start to completion.</summary>
internal sealed class CycleTimeModel(PageFilterReader filters, VeelocityDb db, PeopleSight sight, CycleTime cycle, IssueEvents issues, WorkLists lists)
    : DevelopmentPage(filters, db, sight)
{
    public bool HasIssues { get; private set; }
    public CycleTime.Answer Answer { get; private set; } = null!;
    public GroupTable? Spreads { get; private set; }
    public IReadOnlyList<ChartView> Charts { get; private set; } = [];

    protected override string Path => "/development/cycle-time";

    protected override async Task<IActionResult> MeasureAsync(CancellationToken cancellation)
    {
        var (period, scope) = Asked;
        HasIssues = await issues.FirstAsync(scope.Filter.OrganizationId, cancellation) is not null;
        if (!HasIssues) return Page();

        Answer = await cycle.AskAsync(period, scope, cancellation);
        var groups = await cycle.GroupsAsync(period, scope, WorkSplit.By(Grouping), cancellation);
        var before = await cycle.GroupsAsync(period.Previous(), scope, WorkSplit.By(Grouping), cancellation);
        var (now, links) = (Answer.Now, Answer.Links);
        Cards =
        [
            DevelopmentCards.Of(
                View, ExplainedMetric.CycleTime, "Cycle time", now.Delivered, Answer.DeliveredTrend, "teal", Grouping, [.. groups.Select(g => (g.Delivered.P50, g.IsPartial))], "issue",
                "No issue had the last of its pull requests merged in this period."),
            DevelopmentCards.Of(
                View, ExplainedMetric.WorkTime, "Started to completed", now.Worked, Answer.WorkedTrend, "navy", Grouping, [.. groups.Select(g => (g.Worked.P50, g.IsPartial))], "issue",
                "No issue that had been started was completed in this period."),
            DevelopmentCards.OfShare(
                View, ExplainedMetric.LinkedShare, "Pull requests tied to an issue", links.Linked, links.Merged,
                Trend.Of(links.Share, links.Merged, Answer.PreviousLinks.Share, Answer.PreviousLinks.Merged), "more", "less", isRiseGood: true, "No pull request was merged in this period."),
        ];
        Spreads = SpreadTable.Of(
            View, View.Csv(Path, Grouping, SpreadTable.Id), "Issues",
            ("Created to last merge", ExplainedMetric.CycleTime, now.Delivered), ("Started to completed", ExplainedMetric.WorkTime, now.Worked));
        Charts = [.. await ChartsAsync(groups, before, cancellation)];
        var tables = new List<GroupTable>();
        foreach (var split in Splits()) tables.Add(TableOf(split, await cycle.GroupsAsync(period, scope, split, cancellation)));
        Tables = [.. tables.Where(table => table.Lines.Count > 0)];
        LeftOut =
        [
            .. Notes(ExplainedMetric.CycleTime, await lists.ReasonsAsync(IssueSet.Delivered, period, scope, cancellation)),
            .. Notes(ExplainedMetric.WorkTime, (await lists.ReasonsAsync(IssueSet.Worked, period, scope, cancellation)).Where(r => r.Reason == WorkReason.Jumped)),
        ];
        return await ShowAsync(
            cancellation, [.. Charts.Select(chart => (chart.Id, chart.Rows())), (Spreads.Id, Spreads.Rows()), .. Tables.Select(table => (table.Id, table.Rows()))]);
    }

    private async Task<IEnumerable<ChartView>> ChartsAsync(IReadOnlyList<CycleTime.Group> groups, IReadOnlyList<CycleTime.Group> before, CancellationToken cancellation)
    {
        var charts = new List<ChartView>();
        if (Answer.Now.Delivered.Count > 0)
        {
            charts.Add(DevelopmentCharts.Trend(
                View, Path, "cycle-time-chart", ExplainedMetric.CycleTime, Grouping, "Cycle time", $"Issue created to its last linked pull request merged, median and slowest tenth by {Grouping.Unit} of that merge", "teal",
                Answer.Now.Delivered, Answer.DeliveredTrend, [.. groups.Select(g => new DevelopmentCharts.Point(g.Start, g.Delivered, g.IsPartial))],
                [.. before.Select(g => new DevelopmentCharts.Point(g.Start, g.Delivered, g.IsPartial))]));
        }
        if (Answer.Now.Worked.Count > 0)
        {
            charts.Add(DevelopmentCharts.Trend(
                View, Path, "worked-chart", ExplainedMetric.WorkTime, Grouping, "Started to completed", $"First start to last completion, median and slowest tenth by {Grouping.Unit} of completion", "navy",
                Answer.Now.Worked, Answer.WorkedTrend, [.. groups.Select(g => new DevelopmentCharts.Point(g.Start, g.Worked, g.IsPartial))],
                [.. before.Select(g => new DevelopmentCharts.Point(g.Start, g.Worked, g.IsPartial))]));
        }
        if (Answer.Now.Delivered.Count > 0)
        {
            charts.Add(DevelopmentCharts.Histogram(
                View, Path, "cycle-time-histogram", ExplainedMetric.CycleTime, Grouping, "were delivered", "issue", "teal", Answer.Now.Delivered,
                await cycle.SlicesAsync(View.Period, View.Scope, cancellation)));
        }
        return charts;
    }

    private GroupTable TableOf(WorkSplit split, IReadOnlyList<CycleTime.Group> groups) => Table(
        split, ["Cycle time, median", "90th", "Issues", "Started to completed, median", "90th", "Issues"],
        groups.Select(g => (g.Key, g.Label, (Func<(string, string?), IReadOnlyList<GroupTable.Cell>>)(of =>
        [
            Cell(g.Delivered.P50, View.Why(ExplainedMetric.CycleTime, Figure.Headline, of)), Cell(g.Delivered.P90, View.Why(ExplainedMetric.CycleTime, Figure.P90, of)),
            Cell(g.Delivered.Count, View.Why(ExplainedMetric.CycleTime, Figure.Headline, of)),
            Cell(g.Worked.P50, View.Why(ExplainedMetric.WorkTime, Figure.Headline, of)), Cell(g.Worked.P90, View.Why(ExplainedMetric.WorkTime, Figure.P90, of)),
            Cell(g.Worked.Count, View.Why(ExplainedMetric.WorkTime, Figure.Headline, of)),
        ]))));
}
