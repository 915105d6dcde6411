using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Dora;

/// <summary>What goes wrong and how long it lasts, over time.</summary>
internal static class StabilityCharts
{
    /// <summary>The rate as a line, failed releases as bars on the right axis.</summary>
    public static ChartView FailureRate(
        PageFilter chosen, Grouping grouping, ChangeFailureRate.Answer answer, IReadOnlyList<ChangeFailureRate.Group> groups)
    {
        var title = answer.Now.Value is { } value ? Moved.Title("Change failure rate", answer.Trend, Numbers.Rate(value)) : "Nothing was released in this period";
        var words = $"Failed releases by {grouping.Unit}: {Numbers.Count(answer.Now.Failed)} of {Numbers.Count(answer.Now.Total, "release")} in all. "
            + (answer.Now.Provisional > 0 ? $"{Numbers.Count(answer.Now.Provisional, "release")} of the last seven days can still fail." : "");
        return new ChartView("failure-rate-chart", title, $"Share of releases that failed, by {grouping.Unit} of the release; the last seven days are provisional", words,
            new ChartData(
                Buckets.First(grouping),
                [.. groups.Select(g => Buckets.Label(grouping, g.Start!.Value))],
                [.. groups.Select(g => g.IsPartial)],
                " %",
                [
                    new("Change failure rate", "brick", ChartSeries.Line, [.. groups.Select(g => g.Value * 100)],
                        [.. groups.Select(g => g.Value is { } rate ? Numbers.Rate(rate) : "no data")]),
                    new("Failed releases", "grey", ChartSeries.Bars, [.. groups.Select(g => g.Total == 0 ? null : (double?)g.Failed)],
                        [.. groups.Select(g => $"{Numbers.Count(g.Failed)} of {Numbers.Count(g.Total)}")], Axis: "y2",
                        Hrefs: Buckets.Hrefs(chosen, ExplainedMetric.ChangeFailureRate, grouping, groups.Select(g => g.Start), show: RowSet.Failed)),
                ],
                Buckets.Hrefs(chosen, ExplainedMetric.ChangeFailureRate, grouping, groups.Select(g => g.Start)),
                "",
                Provisional: [.. groups.Select(g => g.IsProvisional)]),
            Buckets.Csv(chosen, "/dora/change-failure-rate", grouping, "failure-rate-chart"));
    }

    public static ChartView Recovery(PageFilter chosen, Grouping grouping, TimeToRecovery.Answer answer, IReadOnlyList<TimeToRecovery.Group> groups)
    {
        var unit = Durations.UnitFor(groups.Select(g => g.Mean).Max() ?? 3600);
        var title = answer.Now.Mean is { } mean ? Moved.Title("Time to recovery", answer.Trend, Durations.Short(mean)) : "No incident was resolved in this period";
        var words = $"Mean time to recovery by {grouping.Unit}: " + string.Join(", ",
            groups.Where(g => g.Mean is not null).Select(g => $"{Buckets.Label(grouping, g.Start!.Value)} {Durations.Short(g.Mean!.Value)}")) + ".";
        return new ChartView("recovery-chart", title, $"Start to end of resolved incidents, mean and median by {grouping.Unit} of their start{chosen.InWorkingTime}", words,
            new ChartData(
                Buckets.First(grouping),
                [.. groups.Select(g => Buckets.Label(grouping, g.Start!.Value))],
                [.. groups.Select(g => g.IsPartial)],
                " " + unit.Name,
                [
                    Line("Mean", "amber", groups.Select(g => g.Mean)),
                    Line("Median", "grey", groups.Select(g => g.Median)) with
                    {
                        Hrefs = Buckets.Hrefs(chosen, ExplainedMetric.Recovery, grouping, groups.Select(g => g.Start), Figure.Median),
                    },
                ],
                Buckets.Hrefs(chosen, ExplainedMetric.Recovery, grouping, groups.Select(g => g.Start))),
            Buckets.Csv(chosen, "/dora/recovery", grouping, "recovery-chart"));

        ChartSeries Line(string name, string colour, IEnumerable<double?> seconds)
        {
            var values = seconds.ToList();
            return new ChartSeries(name, colour, ChartSeries.Line,
                [.. values.Select(value => value is { } s ? Math.Round(unit.Of(s), 3) : (double?)null)],
                [.. values.Select(value => value is { } s ? Durations.Short(s) : "no data")]);
        }
    }
}
