using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Dora;

/// <summary>The metrics under each other on one axis of time: what moved together is seen, and no metric is bent to another's scale.</summary>
internal static class OverviewChart
{
    public const string Id = "combined-chart";

    public static Multiples Of(
        PageFilter chosen, Grouping grouping, IReadOnlyList<DeploymentFrequency.Group> deployments, IReadOnlyList<LeadTimeForChanges.Group> leadTimes,
        IReadOnlyList<ChangeFailureRate.Group> failures, IReadOnlyList<TimeToRecovery.Group> recoveries)
    {
        var labels = deployments.Select(g => Buckets.Label(grouping, g.Start!.Value)).ToList();
        var csv = Buckets.Csv(chosen, "/dora", grouping, Id);
        return new Multiples(Id, "The four metrics over time", $"By {grouping.Unit}, on one axis of time. A gap is no data, not a zero; values from fewer than {Trend.FewestItems} items jump and say little",
        [
            Part("frequency", "Deployments", $"releases to production by {grouping.Unit}", "", [.. deployments.Select(g => g.IsPartial)],
                new ChartSeries("Deployments", "navy", ChartSeries.Bars, [.. deployments.Select(g => (double?)g.Count)], [.. deployments.Select(g => Numbers.Count(g.Count))]),
                ExplainedMetric.DeploymentFrequency, deployments.Select(g => g.Start)),
            Spans("lead-time", "Lead time", "median, first commit to production", "teal", ExplainedMetric.LeadTime,
                [.. leadTimes.Select(g => (g.Start, g.Median, g.Count, g.IsPartial))], ChartData.Upper),
            Part("failure-rate", "Change failure rate", "failed releases ÷ releases; the last seven days can still fail", " %",
                [.. failures.Select(g => g.IsPartial)],
                new ChartSeries("Change failure rate", "brick", ChartSeries.Line, [.. failures.Select(g => g.Value * 100)],
                    [.. failures.Select(g => g.Value is { } rate ? $"{Numbers.Rate(rate)} (n = {Numbers.Count(g.Total)})" : "no data")]),
                ExplainedMetric.ChangeFailureRate, failures.Select(g => g.Start), provisional: [.. failures.Select(g => g.IsProvisional)]),
            Spans("recovery", "Time to recovery", "mean, start to end of incidents", "amber", ExplainedMetric.Recovery,
                [.. recoveries.Select(g => (g.Start, g.Mean, g.Count, g.IsPartial))], ChartData.Lowest),
        ], csv);

        ChartView Spans(string id, string name, string what, string colour, ExplainedMetric metric, IReadOnlyList<(DateOnly? Start, double? Seconds, long Count, bool IsPartial)> groups, string shape)
        {
            var unit = Durations.UnitFor(groups.Max(g => g.Seconds) ?? 3600);
            return Part(id, name, what, " " + unit.Name, [.. groups.Select(g => g.IsPartial)],
                new ChartSeries(name, colour, ChartSeries.Line, [.. groups.Select(g => g.Seconds is { } s ? Math.Round(unit.Of(s), 3) : (double?)null)],
                    [.. groups.Select(g => g.Seconds is { } s ? $"{Durations.Short(s)} (n = {Numbers.Count(g.Count)})" : "no data")]),
                metric, groups.Select(g => g.Start), shape);
        }

        ChartView Part(string id, string name, string what, string unit, IReadOnlyList<bool> partial, ChartSeries series, ExplainedMetric metric,
            IEnumerable<DateOnly?> starts, string shape = ChartData.Upper, IReadOnlyList<bool>? provisional = null) =>
            new($"{Id}-{id}", name, what, $"{name} by {grouping.Unit}; the table below holds the numbers.",
                new ChartData(Buckets.First(grouping), labels, partial, unit, [series], Buckets.Hrefs(chosen, metric, grouping, starts), Shape: shape, Provisional: provisional), csv);
    }
}
