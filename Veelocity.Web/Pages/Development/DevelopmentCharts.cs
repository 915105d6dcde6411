using System.Globalization;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Development;

/// <summary>Durations as a line of medians with the slow end above it, and as a histogram; counts as bars.</summary>
internal static class DevelopmentCharts
{
    public sealed record Point(DateOnly? Start, Spread Of, bool IsPartial);

    /// <param name="path">Of the page that it stands on.</param>
    public static ChartView Trend(
        WorkView view, string path, string id, ExplainedMetric metric, Grouping grouping, string name, string subtitle, string colour, Spread now, Trend trend,
        IReadOnlyList<Point> groups, IReadOnlyList<Point> before)
    {
        var under = Buckets.Under(before, groups.Count);
        var unit = Durations.UnitFor(groups.Select(g => g.Of.P90).Concat(under.Select(g => g?.Of.P50)).Max() ?? 3600);
        var words = $"Median by {grouping.Unit}: " + string.Join(", ",
            groups.Where(g => g.Of.P50 is not null).Select(g => $"{Buckets.Label(grouping, g.Start!.Value)} {Durations.Short(g.Of.P50!.Value)}")) + ".";
        return new ChartView(
            id, now.P50 is { } median ? Moved.Title(name, trend, Durations.Short(median)) : $"{name}: no data", subtitle + view.Chosen.InWorkingTime + view.OfAgents, words,
            new ChartData(
                Buckets.First(grouping), [.. groups.Select(g => Buckets.Label(grouping, g.Start!.Value))], [.. groups.Select(g => g.IsPartial)], " " + unit.Name,
                [
                    Line("Median", colour, groups.Select(g => g.Of.P50), unit),
                    Line("90th percentile", "grey", groups.Select(g => g.Of.P90), unit) with { Hrefs = view.WhyBuckets(metric, grouping, groups.Select(g => g.Start), Figure.P90) },
                    Line("Median, period before", "grey", under.Select(g => g?.Of.P50), unit) with { Dashed = true },
                ],
                view.WhyBuckets(metric, grouping, groups.Select(g => g.Start))),
            view.Csv(path, grouping, id));
    }

    public static ChartView Histogram(
        WorkView view, string path, string id, ExplainedMetric metric, Grouping grouping, string what, string noun, string colour, Spread now, IReadOnlyList<SpreadSlice> slices)
    {
        // The empty slow end says nothing; an empty slice in between does.
        var shown = slices.Take(slices.ToList().FindLastIndex(slice => slice.Count > 0) + 1).ToList();
        var withinDay = slices.Where(slice => slice.To <= 86_400).Sum(slice => slice.Count);
        var day = view.Chosen.Filter.Working is null ? "a day" : "24 working hours";
        var title = $"{Numbers.Rate((double)withinDay / Math.Max(1, now.Count))} {what} within {day}";
        return new ChartView(
            id, title, $"{char.ToUpperInvariant(noun[0])}{noun[1..]}s by how long it took{view.Chosen.InWorkingTime}{view.OfAgents}", $"{title}. {Numbers.Count(now.Count, noun)} in all.",
            new ChartData(
                "Time", [.. shown.Select(Name)], [.. shown.Select(_ => false)], "",
                [new($"{char.ToUpperInvariant(noun[0])}{noun[1..]}s", colour, ChartSeries.Bars, [.. shown.Select(s => (double?)s.Count)], [.. shown.Select(s => Numbers.Count(s.Count))])],
                [.. shown.Select(s => view.Why(metric, Figure.Headline, ("over", Seconds(s.From)), ("under", Seconds(s.To))))]),
            view.Csv(path, grouping, id));
    }

    public static ChartView Counts(
        WorkView view, string path, string id, Grouping grouping, string title, string subtitle, IReadOnlyList<(DateOnly? Start, bool IsPartial)> buckets,
        params IReadOnlyList<(string Name, string Colour, ExplainedMetric? Metric, IReadOnlyList<double?> Values, bool Dashed)> series) => new(
        id, title, subtitle + view.OfAgents, $"{subtitle}; the table below holds the numbers.",
        new ChartData(
            Buckets.First(grouping), [.. buckets.Select(b => Buckets.Label(grouping, b.Start!.Value))], [.. buckets.Select(b => b.IsPartial)], "",
            [.. series.Select(s => new ChartSeries(
                s.Name, s.Colour, s.Dashed ? ChartSeries.Line : ChartSeries.Bars, s.Values, [.. s.Values.Select(value => value is { } count ? Numbers.Count((long)count) : "—")], s.Dashed,
                Hrefs: s.Metric is { } metric ? view.WhyBuckets(metric, grouping, buckets.Select(b => b.Start)) : null))]),
        view.Csv(path, grouping, id));

    private static ChartSeries Line(string name, string colour, IEnumerable<double?> seconds, DurationUnit unit)
    {
        var values = seconds.ToList();
        return new ChartSeries(name, colour, ChartSeries.Line,
            [.. values.Select(value => value is { } s ? Math.Round(unit.Of(s), 3) : (double?)null)], [.. values.Select(value => value is { } s ? Durations.Short(s) : "no data")]);
    }

    private static string? Seconds(double? value) => value?.ToString("0", CultureInfo.InvariantCulture);

    private static string Name(SpreadSlice slice)
    {
        const double Hour = 3600, Day = 24 * Hour;
        if (slice.To is not { } to) return $"over {Numbers.TwoFigures(slice.From / Day)} d";
        var (unit, name) = to <= Day ? (Hour, "h") : (Day, "d");
        return slice.From == 0 ? $"under {Numbers.TwoFigures(to / unit)} {name}" : $"{Numbers.TwoFigures(slice.From / unit)} – {Numbers.TwoFigures(to / unit)} {name}";
    }
}
