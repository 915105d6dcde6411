namespace Veelocity.Web.Tests.Recomputed;

/// <summary>Statistics of a list of numbers (M2): null without numbers (M3).</summary>
internal static class Sums
{
    public static double? Mean(this IReadOnlyCollection<double> values) => values.Count == 0 ? null : values.Sum() / values.Count;

    /// <summary>As percentile_cont has it: linear between the two nearest.</summary>
    public static double? Percentile(this IReadOnlyCollection<double> values, double share)
    {
        if (values.Count == 0) return null;
        var sorted = values.Order().ToList();
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        return below + 1 == sorted.Count ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>Relative to before; null where too few say anything (M4) or where there is nothing to compare with (M3).</summary>
    public static double? Change(double? now, long count, double? before, long countBefore) =>
        now is null || before is null or 0 || count < 5 || countBefore < 5 ? null : (now - before) / before;

    public static double? Ratio(long part, long whole) => whole == 0 ? null : (double)part / whole;
}
