namespace Veelocity.Web.Metrics.Columns;

/// <summary>Where the rows of a span of time stand in a column that is sorted by time.</summary>
internal static class ColumnWindow
{
    /// <summary>The rows from <paramref name="from"/> on and before <paramref name="to"/> (M1).</summary>
    public static Range Between(DateTime[] sorted, DateTimeOffset from, DateTimeOffset to) =>
        First(sorted, from)..Math.Max(First(sorted, from), First(sorted, to));

    /// <summary>The first row not before the instant; of several at one instant the first.</summary>
    public static int First(DateTime[] sorted, DateTimeOffset instant) => Search(sorted, instant.UtcDateTime, at: false);

    /// <summary>The first row after the instant.</summary>
    public static int FirstAfter(DateTime[] sorted, DateTimeOffset instant) => Search(sorted, instant.UtcDateTime, at: true);

    /// <param name="at">Whether rows at the instant are passed over.</param>
    private static int Search(DateTime[] sorted, DateTime instant, bool at)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < instant || (at && sorted[middle] == instant)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
