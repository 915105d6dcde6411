using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Metrics.People;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Developers;

/// <summary>One person's work over time.</summary>
internal static class DeveloperCharts
{
    public static ChartView Work(
        WorkView view, string path, Grouping grouping, IReadOnlyList<Throughput.Group> done, IReadOnlyList<(Bucket Bucket, ReviewLoad.Given Given)> given) => new(
        "work-chart", $"{Numbers.Count(done.Sum(g => g.Of.Merged), "pull request")} merged, {Numbers.Count(given.Sum(g => g.Given.Reviewed))} reviewed for others",
        $"By {grouping.Unit}", $"Work by {grouping.Unit}; the table below holds the numbers.",
        new ChartData(
            Buckets.First(grouping), [.. done.Select(g => Buckets.Label(grouping, g.Start!.Value))], [.. done.Select(g => g.IsPartial)], "",
            [
                Bars("Pull requests merged", "navy", [.. done.Select(g => (long?)g.Of.Merged)]) with { Hrefs = view.WhyBuckets(ExplainedMetric.MergedPulls, grouping, done.Select(g => g.Start)) },
                Bars("Reviewed for others", "violet", [.. given.Select(g => (long?)g.Given.Reviewed)]),
                .. done.Any(g => g.Of.Completed is not null)
                    ? [Bars("Issues completed", "teal", [.. done.Select(g => g.Of.Completed)]) with { Hrefs = view.WhyBuckets(ExplainedMetric.CompletedIssues, grouping, done.Select(g => g.Start)) }]
                    : Array.Empty<ChartSeries>(),
            ]),
        view.Csv(path, grouping, "work-chart"));

    public static ChartView Waited(WorkView view, string path, Grouping grouping, Spread all, IReadOnlyList<ReviewTime.Group> groups)
    {
        var unit = Durations.UnitFor(groups.Max(g => g.Of.FirstReview.P50) ?? 3600);
        return new ChartView(
            "waited-chart", $"First reviews came after {Durations.Short(all.P50 ?? 0)}, in the median", $"Own pull requests, ready for review to first review, by {grouping.Unit}{view.Chosen.InWorkingTime}",
            $"Median time to first review by {grouping.Unit}; the table below holds the numbers.",
            new ChartData(
                Buckets.First(grouping), [.. groups.Select(g => Buckets.Label(grouping, g.Start!.Value))], [.. groups.Select(g => g.IsPartial)], " " + unit.Name,
                [
                    new ChartSeries("Median", "violet", ChartSeries.Line, [.. groups.Select(g => g.Of.FirstReview.P50 is { } s ? Math.Round(unit.Of(s), 3) : (double?)null)],
                        [.. groups.Select(g => g.Of.FirstReview.P50 is { } s ? $"{Durations.Short(s)} (n = {Numbers.Count(g.Of.FirstReview.Count)})" : "no data")]),
                ],
                view.WhyBuckets(ExplainedMetric.FirstReview, grouping, groups.Select(g => g.Start))),
            view.Csv(path, grouping, "waited-chart"));
    }

    private static ChartSeries Bars(string name, string colour, IReadOnlyList<long?> counts) => new(
        name, colour, ChartSeries.Bars, [.. counts.Select(count => (double?)count)], [.. counts.Select(count => count is { } known ? Numbers.Count(known) : "—")]);
}
