namespace Veelocity.Web.Metrics.Columns;

/// <summary>Where the rows of a span of time stand in a column that is sorted by time.</summary>
internal static class ColumnWindow
{
    /// <summary>The rows from <paramref name="from"/> on and before <paramref name="to"/> (M1).</summary>
    public static Range Between(DateTime[] sorted, DateTimeOffset from, DateTimeOffset to) =>
        First(sorted, from.UtcDateTime)..Math.Max(First(sorted, from.UtcDateTime), First(sorted, to.UtcDateTime));

    // The first row not before the instant; of several at one instant the first.
    private static int First(DateTime[] sorted, DateTime instant)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < instant) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
