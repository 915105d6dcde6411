using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Development;

/// <summary>Development metrics on cards.</summary>
internal static class DevelopmentCards
{
    /// <summary>The median of durations.</summary>
    public static Kpi Of(
        WorkView view, ExplainedMetric metric, string name, Spread now, Trend trend, string colour, Grouping grouping, IReadOnlyList<(double? Median, bool IsPartial)> buckets, string noun,
        string missing) => now.P50 is not { } median
        ? Without(view, metric, name, missing)
        : new Kpi(
            IdOf(metric), name, Definitions.Of(metric), null, Durations.Short(median), Durations.Exact(median), IsMuted: now.Count < Trend.FewestItems, null,
            Moved.Trend(trend, "slower", "faster", isRiseGood: false, view.Chosen.Versus),
            new Sparkline(
                "spark-" + Why.KeyOf(metric), colour, IsBars: false, [.. buckets.Select(b => b.Median)], [.. buckets.Select(b => b.IsPartial)], $"Median by {grouping.Unit}"),
            Numbers.Count(now.Count, noun) + view.Chosen.InWorkingTime, Why: view.Why(metric));

    /// <summary>A share of pull requests.</summary>
    public static Kpi OfShare(
        WorkView view, ExplainedMetric metric, string name, long part, long whole, Trend trend, string more, string less, bool isRiseGood, string missing) => whole == 0
        ? Without(view, metric, name, missing)
        : new Kpi(
            IdOf(metric), name, Definitions.Of(metric), null, Numbers.Rate((double)part / whole), $"{Numbers.Count(part)} of {Numbers.Count(whole)}", IsMuted: whole < Trend.FewestItems, null,
            Moved.Trend(trend, more, less, isRiseGood, view.Chosen.Versus), null, $"{Numbers.Count(part)} of {Numbers.Count(whole, "pull request")}", Why: view.Why(metric));

    /// <summary>A count; a zero is a zero.</summary>
    public static Kpi OfCount(
        WorkView view, ExplainedMetric metric, string name, long? count, double? perWeek, Trend trend, string colour, Grouping grouping,
        IReadOnlyList<(double? Count, bool IsPartial)> buckets, string missing) => count is not { } known
        ? Without(view, metric, name, missing)
        : new Kpi(
            IdOf(metric), name, Definitions.Of(metric), null, Numbers.Count(known), null, IsMuted: known < Trend.FewestItems, null,
            Moved.Trend(trend, "more", "fewer", isRiseGood: true, view.Chosen.Versus),
            new Sparkline("spark-" + Why.KeyOf(metric), colour, IsBars: true, [.. buckets.Select(b => b.Count)], [.. buckets.Select(b => b.IsPartial)], $"{name} by {grouping.Unit}"),
            perWeek is { } rate ? $"{Numbers.TwoFigures(rate)} a week" : null, Why: view.Why(metric));

    private static Kpi Without(WorkView view, ExplainedMetric metric, string name, string missing) =>
        new(IdOf(metric), name, Definitions.Of(metric), null, null, null, IsMuted: true, null, null, null, null, new KpiMissing(missing, null, null), view.Why(metric));

    private static string IdOf(ExplainedMetric metric) => "kpi-" + Why.KeyOf(metric);
}
