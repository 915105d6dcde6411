using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Development;

/// <summary>How many pull requests are merged and issues completed.</summary>
internal sealed class ThroughputModel(PageFilterReader filters, VeelocityDb db, PeopleSight sight, Throughput throughput, WorkLists lists) : DevelopmentPage(filters, db, sight)
{
    public Throughput.Answer Answer { get; private set; } = null!;
    public IReadOnlyList<ChartView> Charts { get; private set; } = [];

    protected override string Path => "/development/throughput";

    protected override async Task<IActionResult> MeasureAsync(CancellationToken cancellation)
    {
        var (period, scope) = Asked;
        Answer = await throughput.AskAsync(period, scope, cancellation);
        var groups = await throughput.GroupsAsync(period, scope, WorkSplit.By(Grouping), cancellation);
        var before = await throughput.GroupsAsync(period.Previous(), scope, WorkSplit.By(Grouping), cancellation);
        var now = Answer.Now;
        Cards =
        [
            DevelopmentCards.OfCount(
                View, ExplainedMetric.MergedPulls, "Pull requests merged", now.Merged, Answer.PerWeek, Answer.MergedTrend, "navy", Grouping,
                [.. groups.Select(g => ((double?)g.Of.Merged, g.IsPartial))], ""),
            DevelopmentCards.OfCount(
                View, ExplainedMetric.CompletedIssues, "Issues completed", now.Completed, Answer.CompletedPerWeek, Answer.CompletedTrend, "teal", Grouping,
                [.. groups.Select(g => ((double?)g.Of.Completed, g.IsPartial))], "No issue tracker has been read yet."),
            DevelopmentCards.OfShare(
                View, ExplainedMetric.AbandonRate, "Abandon rate", now.Abandoned, now.Merged + now.Abandoned, Answer.AbandonTrend, "more", "less", isRiseGood: false,
                "No pull request was closed in this period."),
        ];
        Charts = [.. ChartsOf(groups, before)];
        var tables = new List<GroupTable>();
        foreach (var split in Splits()) tables.Add(TableOf(split, await throughput.GroupsAsync(period, scope, split, cancellation)));
        Tables = [.. tables.Where(table => table.Lines.Count > 0)];
        LeftOut = Notes(ExplainedMetric.MergedPulls, await lists.ReasonsAsync(PullSet.Merged, period, scope, cancellation));
        return await ShowAsync(cancellation, [.. Charts.Select(chart => (chart.Id, chart.Rows())), .. Tables.Select(table => (table.Id, table.Rows()))]);
    }

    private IEnumerable<ChartView> ChartsOf(IReadOnlyList<Throughput.Group> groups, IReadOnlyList<Throughput.Group> before)
    {
        var under = Buckets.Under(before, groups.Count);
        IReadOnlyList<(DateOnly?, bool)> buckets = [.. groups.Select(g => (g.Start, g.IsPartial))];
        yield return DevelopmentCharts.Counts(
            View, Path, "merged-chart", Grouping, Moved.Title("Pull requests merged", Answer.MergedTrend, Numbers.Count(Answer.Now.Merged)), $"Pull requests merged by {Grouping.Unit}", buckets,
            ("Pull requests", "navy", ExplainedMetric.MergedPulls, [.. groups.Select(g => (double?)g.Of.Merged)], false),
            ("Period before", "grey", null, [.. under.Select(g => (double?)g?.Of.Merged)], true));
        if (Answer.Now.Completed is not { } completed) yield break;
        yield return DevelopmentCharts.Counts(
            View, Path, "completed-chart", Grouping, Moved.Title("Issues completed", Answer.CompletedTrend, Numbers.Count(completed)), $"Issues completed by {Grouping.Unit}", buckets,
            ("Issues", "teal", ExplainedMetric.CompletedIssues, [.. groups.Select(g => (double?)g.Of.Completed)], false),
            ("Period before", "grey", null, [.. under.Select(g => (double?)g?.Of.Completed)], true));
    }

    private GroupTable TableOf(WorkSplit split, IReadOnlyList<Throughput.Group> groups) => Table(
        split, ["Pull requests merged", "Issues completed", "Reverts", "Abandoned"],
        groups.Select(g => (g.Key, g.Label, (Func<(string, string?), IReadOnlyList<GroupTable.Cell>>)(of =>
        [
            Cell(g.Of.Merged, View.Why(ExplainedMetric.MergedPulls, Figure.Headline, of)), Cell(g.Of.Completed, View.Why(ExplainedMetric.CompletedIssues, Figure.Headline, of)),
            Cell(g.Of.Reverts, View.Why(ExplainedMetric.Reverts, Figure.Headline, of)), Cell(g.Of.Abandoned, View.Why(ExplainedMetric.AbandonRate, Figure.Headline, of)),
        ]))));
}
