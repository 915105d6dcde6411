using Veelocity.Web.Metrics.Columns;

namespace Veelocity.Web.Metrics.Development;

/// <summary>How durations spread, in seconds: pooled, percentiles linearly interpolated (M2); null without any (M3).</summary>
public sealed record Spread(long Count, double? Mean, double? P50, double? P75, double? P90, double? P95)
{
    public static readonly Spread None = new(0, null, null, null, null, null);

    internal static Spread Of(IEnumerable<WorkItem> items)
    {
        using var sample = new Sample();
        foreach (var item in items) sample.Add(item.Seconds ?? 0);
        if (sample.Count == 0) return None;
        var found = sample.Percentiles([0.5, 0.75, 0.9, 0.95]);
        return new Spread(sample.Count, sample.Mean, found[0], found[1], found[2], found[3]);
    }
}

/// <summary>How many durations lie in a range.</summary>
/// <param name="From">Seconds, inclusive.</param>
/// <param name="To">Seconds, exclusive; null for the open end.</param>
public sealed record SpreadSlice(double From, double? To, long Count)
{
    // Hours and days as people think of them: under an hour, under a day, a week, a month.
    private static readonly double[] Edges =
        [0, 3600, 4 * 3600, 8 * 3600, 86_400, 2 * 86_400, 3 * 86_400, 7 * 86_400, 14 * 86_400, 30 * 86_400, 90 * 86_400];

    /// <summary>Slices without any are kept, so that the shape is seen.</summary>
    internal static IReadOnlyList<SpreadSlice> Of(IEnumerable<WorkItem> items)
    {
        using var sample = new Sample();
        foreach (var item in items) sample.Add(item.Seconds ?? 0);
        var counts = sample.CountsBetween(Edges);
        return [.. Edges.Select((from, i) => new SpreadSlice(from, i + 1 < Edges.Length ? Edges[i + 1] : null, counts[i]))];
    }
}
