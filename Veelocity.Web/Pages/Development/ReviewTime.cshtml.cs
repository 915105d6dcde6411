using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;

namespace Veelocity.Web.Pages.Development;

/// <summary>How long pull requests wait for their first review and for their merge.</summary>
internal sealed class ReviewTimeModel(PageFilterReader filters, VeelocityDb db, PeopleSight sight, ReviewTime review, WorkLists lists) : DevelopmentPage(filters, db, sight)
{
    public ReviewTime.Answer Answer { get; private set; } = null!;
    public GroupTable Spreads { get; private set; } = null!;
    public IReadOnlyList<ChartView> Charts { get; private set; } = [];

    protected override string Path => "/development";

    protected override async Task<IActionResult> MeasureAsync(CancellationToken cancellation)
    {
        var (period, scope) = Asked;
        Answer = await review.AskAsync(period, scope, cancellation);
        var groups = await review.GroupsAsync(period, scope, WorkSplit.By(Grouping), cancellation);
        var before = await review.GroupsAsync(period.Previous(), scope, WorkSplit.By(Grouping), cancellation);
        var (now, previous) = (Answer.Now, Answer.Previous);
        Cards =
        [
            DevelopmentCards.Of(
                View, ExplainedMetric.FirstReview, "Time to first review", now.FirstReview, Answer.FirstReviewTrend, "violet", Grouping,
                [.. groups.Select(g => (g.Of.FirstReview.P50, g.IsPartial))], "pull request", "No pull request was reviewed for the first time in this period."),
            DevelopmentCards.Of(
                View, ExplainedMetric.MergeTime, "Time to merge", now.Merge, Answer.MergeTrend, "teal", Grouping, [.. groups.Select(g => (g.Of.Merge.P50, g.IsPartial))], "pull request",
                "No pull request was merged in this period."),
            DevelopmentCards.OfShare(
                View, ExplainedMetric.WithoutReview, "Merged without a review", now.WithoutReview, now.Merged,
                Trend.Of(now.WithoutReviewShare, now.Merged, previous.WithoutReviewShare, previous.Merged), "more", "less", isRiseGood: false, "No pull request was merged in this period."),
        ];
        Spreads = SpreadTable.Of(
            View, View.Csv(Path, Grouping, SpreadTable.Id), "Pull requests",
            ("Ready to first review", ExplainedMetric.FirstReview, now.FirstReview), ("Ready to merge", ExplainedMetric.MergeTime, now.Merge));
        Charts = [.. await ChartsAsync(groups, before, cancellation)];
        var tables = new List<GroupTable>();
        foreach (var split in Splits()) tables.Add(TableOf(split, await review.GroupsAsync(period, scope, split, cancellation)));
        Tables = [.. tables.Where(table => table.Lines.Count > 0)];
        LeftOut = Notes(ExplainedMetric.FirstReview, await lists.ReasonsAsync(PullSet.Reviewed, period, scope, cancellation));
        return await ShowAsync(
            cancellation, [.. Charts.Select(chart => (chart.Id, chart.Rows())), (Spreads.Id, Spreads.Rows()), .. Tables.Select(table => (table.Id, table.Rows()))]);
    }

    private async Task<IEnumerable<ChartView>> ChartsAsync(IReadOnlyList<ReviewTime.Group> groups, IReadOnlyList<ReviewTime.Group> before, CancellationToken cancellation)
    {
        var charts = new List<ChartView>();
        if (Answer.Now.FirstReview.Count > 0)
        {
            charts.Add(DevelopmentCharts.Trend(
                View, Path, "first-review-chart", ExplainedMetric.FirstReview, Grouping, "Time to first review", $"Ready for review to first review, median and slowest tenth by {Grouping.Unit} of that review", "violet",
                Answer.Now.FirstReview, Answer.FirstReviewTrend, [.. groups.Select(g => new DevelopmentCharts.Point(g.Start, g.Of.FirstReview, g.IsPartial))],
                [.. before.Select(g => new DevelopmentCharts.Point(g.Start, g.Of.FirstReview, g.IsPartial))]));
        }
        if (Answer.Now.Merge.Count > 0)
        {
            charts.Add(DevelopmentCharts.Trend(
                View, Path, "merge-chart", ExplainedMetric.MergeTime, Grouping, "Time to merge", $"Ready for review to merged, median and slowest tenth by {Grouping.Unit} of the merge", "teal",
                Answer.Now.Merge, Answer.MergeTrend, [.. groups.Select(g => new DevelopmentCharts.Point(g.Start, g.Of.Merge, g.IsPartial))],
                [.. before.Select(g => new DevelopmentCharts.Point(g.Start, g.Of.Merge, g.IsPartial))]));
        }
        if (Answer.Now.FirstReview.Count > 0)
        {
            charts.Add(DevelopmentCharts.Histogram(
                View, Path, "first-review-histogram", ExplainedMetric.FirstReview, Grouping, "got their first review", "pull request", "violet", Answer.Now.FirstReview,
                await review.FirstReviewSlicesAsync(View.Period, View.Scope, cancellation)));
        }
        return charts;
    }

    private GroupTable TableOf(WorkSplit split, IReadOnlyList<ReviewTime.Group> groups) => Table(
        split, ["First review, median", "90th", "Merge, median", "90th", "Merged", "Without review"],
        groups.Select(g => (g.Key, g.Label, (Func<(string, string?), IReadOnlyList<GroupTable.Cell>>)(of =>
        [
            Cell(g.Of.FirstReview.P50, View.Why(ExplainedMetric.FirstReview, Figure.Headline, of)), Cell(g.Of.FirstReview.P90, View.Why(ExplainedMetric.FirstReview, Figure.P90, of)),
            Cell(g.Of.Merge.P50, View.Why(ExplainedMetric.MergeTime, Figure.Headline, of)), Cell(g.Of.Merge.P90, View.Why(ExplainedMetric.MergeTime, Figure.P90, of)),
            Cell(g.Of.Merged, View.Why(ExplainedMetric.MergedPulls, Figure.Headline, of)), Cell(g.Of.WithoutReview, View.Why(ExplainedMetric.WithoutReview, Figure.Headline, of)),
        ]))));
}
