using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Pages.Dora;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Builds;

/// <summary>Success, duration and number of builds over time.</summary>
internal sealed class BuildCharts(BuildsPage page, Grouping grouping)
{
    public ChartView SuccessRate(BuildSuccessRate.Answer answer, IReadOnlyList<BuildSuccessRate.Group> groups)
    {
        var title = answer.Now.Eventual.Value is { } value ? Moved.Title("Build success rate", answer.Trend, Numbers.Rate(value)) : "No build was completed in this period";
        var words = $"Success rate by {grouping.Unit}: {Numbers.Count(answer.Now.Eventual.Succeeded)} of {Numbers.Count(answer.Now.Eventual.Total, "run")} succeeded in all.";
        return new ChartView("build-success-chart", title, $"Share of completed runs that succeeded at last, and at the first try, by {grouping.Unit}", words,
            Data(groups.Select(g => (g.Start, g.IsPartial)), " %",
                [
                    Rate("Succeeded at last", "navy", groups.Select(g => g.Rates.Eventual)),
                    Rate("At the first try", "grey", groups.Select(g => g.Rates.FirstTry)),
                ],
                ExplainedMetric.BuildSuccessRate),
            page.Csv(grouping, "build-success-chart"));
    }

    public ChartView Duration(BuildDuration.Answer answer, IReadOnlyList<BuildDuration.Group> groups)
    {
        var unit = Durations.UnitFor(groups.Select(g => g.Value.P90).Max() ?? 60);
        var title = answer.Value.Median is { } median ? $"Half of the builds take {Durations.Short(median)} or less" : "No build succeeded in this period";
        var words = $"Median build duration by {grouping.Unit}: " + string.Join(", ",
            groups.Where(g => g.Value.Median is not null).Select(g => $"{Buckets.Label(grouping, g.Start!.Value)} {Durations.Short(g.Value.Median!.Value)}")) + ".";
        return new ChartView("build-duration-chart", title, $"First job started to last job completed, of builds that succeeded, by {grouping.Unit}; waiting for a runner apart", words,
            Data(groups.Select(g => (g.Start, g.IsPartial)), " " + unit.Name,
                [
                    Line("Median", "teal", groups.Select(g => g.Value.Median), unit) with { Hrefs = Hrefs(ExplainedMetric.BuildDuration, groups.Select(g => g.Start), Figure.Median) },
                    Line("90th percentile", "violet", groups.Select(g => g.Value.P90), unit) with { Hrefs = Hrefs(ExplainedMetric.BuildDuration, groups.Select(g => g.Start), Figure.P90) },
                    Line("Queue, median", "amber", groups.Select(g => g.Queue.Median), unit),
                ],
                ExplainedMetric.BuildDuration),
            page.Csv(grouping, "build-duration-chart"));
    }

    public ChartView Frequency(BuildFrequency.Answer answer, IReadOnlyList<BuildFrequency.Group> groups)
    {
        var title = answer.Total == 0 ? "No build was run in this period" : Moved.Title("Builds", answer.Trend, Numbers.Frequency(answer.PerDay));
        var words = $"Builds by {grouping.Unit}: {Numbers.Count(answer.Total, "run")} in all, at most {groups.Max(g => g.Count)} in one {grouping.Unit}; {Numbers.Count(answer.PreviousTotal)} in the period before.";
        return new ChartView("build-frequency-chart", title, $"Runs by {grouping.Unit}, whatever came of them", words,
            Data(groups.Select(g => (g.Start, g.IsPartial)), "",
                [
                    new("Runs", "navy", ChartSeries.Bars, [.. groups.Select(g => (double?)g.Count)], [.. groups.Select(g => Numbers.Count(g.Count))]),
                    new("Failed at last", "brick", ChartSeries.Bars, [.. groups.Select(g => (double?)g.Failed)], [.. groups.Select(g => Numbers.Count(g.Failed))],
                        Hrefs: Hrefs(ExplainedMetric.BuildSuccessRate, groups.Select(g => g.Start), show: RowSet.Failed)),
                ],
                ExplainedMetric.BuildFrequency),
            page.Csv(grouping, "build-frequency-chart"));
    }

    private ChartData Data(IEnumerable<(DateOnly? Start, bool IsPartial)> groups, string unit, IReadOnlyList<ChartSeries> series, ExplainedMetric metric)
    {
        var all = groups.ToList();
        return new ChartData(
            Buckets.First(grouping), [.. all.Select(g => Buckets.Label(grouping, g.Start!.Value))], [.. all.Select(g => g.IsPartial)], unit, series,
            Hrefs(metric, all.Select(g => g.Start)));
    }

    private IReadOnlyList<string?> Hrefs(ExplainedMetric metric, IEnumerable<DateOnly?> starts, Figure figure = Figure.Headline, string? show = null) =>
        [.. starts.Select(start => start is { } day ? page.Why(metric, figure, ("bucket", Dates.IsoDay(day)), ("by", grouping.Unit), ("show", show)) : null)];

    private static ChartSeries Rate(string name, string colour, IEnumerable<BuildSuccessRate.Ratio> ratios)
    {
        var all = ratios.ToList();
        return new ChartSeries(name, colour, ChartSeries.Line, [.. all.Select(r => r.Value * 100)],
            [.. all.Select(r => r.Value is { } value ? $"{Numbers.Rate(value)} ({Numbers.Count(r.Succeeded)} of {Numbers.Count(r.Total)})" : "no data")]);
    }

    private static ChartSeries Line(string name, string colour, IEnumerable<double?> seconds, DurationUnit unit)
    {
        var values = seconds.ToList();
        return new ChartSeries(name, colour, ChartSeries.Line,
            [.. values.Select(value => value is { } s ? Math.Round(unit.Of(s), 3) : (double?)null)],
            [.. values.Select(value => value is { } s ? Durations.Short(s) : "no data")]);
    }
}
