using System.Globalization;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Dora;

/// <summary>Lead time as a line of medians with the slow end above it, and as a histogram.</summary>
internal static class LeadTimeCharts
{
    public static ChartView Trend(
        PageFilter chosen, Grouping grouping, LeadTimeForChanges.Answer answer,
        IReadOnlyList<LeadTimeForChanges.Group> groups, IReadOnlyList<LeadTimeForChanges.Group> before)
    {
        var under = Buckets.Under(before, groups.Count);
        var unit = UnitOf(groups.Select(g => g.P90).Concat(under.Select(g => g?.Median)));
        var title = answer.Value.P50 is { } median ? Moved.Title("Lead time", answer.Trend, Durations.Short(median)) : "Nothing was deployed in this period";
        var words = $"Median lead time by {grouping.Unit}: " + string.Join(", ",
            groups.Where(g => g.Median is not null).Select(g => $"{Buckets.Label(grouping, g.Start!.Value)} {Durations.Short(g.Median!.Value)}")) + ".";
        return new ChartView("lead-time-chart", title, $"First commit to production, median and slowest tenth by {grouping.Unit} of deployment{chosen.InWorkingTime}", words,
            new ChartData(
                Buckets.First(grouping),
                [.. groups.Select(g => Buckets.Label(grouping, g.Start!.Value))],
                [.. groups.Select(g => g.IsPartial)],
                " " + unit.Name,
                [
                    Line("Median", "teal", groups.Select(g => g.Median), unit),
                    Line("90th percentile", "grey", groups.Select(g => g.P90), unit) with
                    {
                        Hrefs = Buckets.Hrefs(chosen, ExplainedMetric.LeadTime, grouping, groups.Select(g => g.Start), Figure.P90),
                    },
                    Line("Median, period before", "grey", under.Select(g => g?.Median), unit) with { Dashed = true },
                ],
                Buckets.Hrefs(chosen, ExplainedMetric.LeadTime, grouping, groups.Select(g => g.Start))),
            Buckets.Csv(chosen, "/dora/lead-time", grouping, "lead-time-chart"));
    }

    public static ChartView Histogram(PageFilter chosen, Grouping grouping, LeadTimeForChanges.Answer answer, IReadOnlyList<LeadTimeForChanges.Slice> slices)
    {
        // The empty slow end says nothing; an empty slice in between does.
        var shown = slices.Take(slices.ToList().FindLastIndex(slice => slice.Count > 0) + 1).ToList();
        var withinDay = slices.Where(slice => slice.To <= 86_400).Sum(slice => slice.Count);
        var day = chosen.Filter.Working is null ? "a day" : "24 working hours";
        var title = $"{Numbers.Rate((double)withinDay / Math.Max(1, answer.Value.Count))} of changes reached production within {day}";
        return new ChartView("lead-time-histogram", title, $"Pull requests by lead time{chosen.InWorkingTime}", $"{title}. {Numbers.Count(answer.Value.Count, "pull request")} in all.",
            new ChartData(
                "Lead time",
                [.. shown.Select(Name)],
                [.. shown.Select(_ => false)],
                "",
                [new("Pull requests", "teal", ChartSeries.Bars, [.. shown.Select(s => (double?)s.Count)], [.. shown.Select(s => Numbers.Count(s.Count))])],
                [.. shown.Select(s => Why.Address(chosen, ExplainedMetric.LeadTime, Figure.Headline, ("over", Seconds(s.From)), ("under", Seconds(s.To))))]),
            Buckets.Csv(chosen, "/dora/lead-time", grouping, "lead-time-histogram"));
    }

    private static DurationUnit UnitOf(IEnumerable<double?> seconds) => Durations.UnitFor(seconds.Max() ?? 3600);

    private static ChartSeries Line(string name, string colour, IEnumerable<double?> seconds, DurationUnit unit)
    {
        var values = seconds.ToList();
        return new ChartSeries(name, colour, ChartSeries.Line,
            [.. values.Select(value => value is { } s ? Math.Round(unit.Of(s), 3) : (double?)null)],
            [.. values.Select(value => value is { } s ? Durations.Short(s) : "no data")]);
    }

    private static string? Seconds(double? value) => value?.ToString("0", CultureInfo.InvariantCulture);

    private static string Name(LeadTimeForChanges.Slice slice)
    {
        const double Hour = 3600, Day = 24 * Hour;
        if (slice.To is not { } to) return $"over {Numbers.TwoFigures(slice.From / Day)} d";
        var (unit, name) = to <= Day ? (Hour, "h") : (Day, "d");
        return slice.From == 0 ? $"under {Numbers.TwoFigures(to / unit)} {name}" : $"{Numbers.TwoFigures(slice.From / unit)} – {Numbers.TwoFigures(to / unit)} {name}";
    }
}
