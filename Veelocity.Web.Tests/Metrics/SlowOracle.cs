using System.Globalization;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>
/// The same answers as the metrics give, worked out another way: no SQL, no intervals of instants, only the question which day a
/// clock on the organization's wall shows.
/// </summary>
internal sealed class SlowOracle(TimeZoneInfo zone, DateOnly first, DateOnly last, DateTimeOffset now)
{
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    public bool Holds(DateTimeOffset at) => DayOf(at) >= first && DayOf(at) <= last;

    /// <summary>The first instant of a day, found by looking at the clock every quarter of an hour.</summary>
    public DateTimeOffset Midnight(DateOnly day)
    {
        var at = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(-30);
        while (DayOf(at) < day) at = at.AddMinutes(15);
        return at;
    }

    /// <summary>Day by day: the part of each that had passed, and in which there was anything; null when there was nothing yet.</summary>
    public double? ElapsedDays(DateTimeOffset firstData)
    {
        var (sum, isAny) = (0.0, false);
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var (start, end) = (Midnight(day), Midnight(day.AddDays(1)));
            var (from, to) = (start > firstData ? start : firstData, end < now ? end : now);
            if (to <= from) continue;
            (sum, isAny) = (sum + ((to - from) / (end - start)), true);
        }
        return isAny ? Math.Max(1, sum) : null;
    }

    /// <summary>Each bucket that has begun, with whether some of its days are outside the period or not over.</summary>
    public List<(string Key, bool IsPartial)> Buckets(string unit)
    {
        var keys = new List<(string, bool)>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var key = KeyOf(day, unit);
            if (keys.Exists(known => known.Item1 == key) || Midnight(DaysOf(day, unit).First()) >= now) continue;
            keys.Add((key, DaysOf(day, unit).Any(other => other < first || other > last || Midnight(other.AddDays(1)) > now)));
        }
        return keys;
    }

    public static string KeyOf(DateOnly day, string unit) => unit switch
    {
        "week" => string.Create(CultureInfo.InvariantCulture,
            $"{ISOWeek.GetYear(day.ToDateTime(TimeOnly.MinValue)):0000}-W{ISOWeek.GetWeekOfYear(day.ToDateTime(TimeOnly.MinValue)):00}"),
        "month" => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    public static double? Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        if (sorted.Count == 0) return null;
        var place = share * (sorted.Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static IEnumerable<DateOnly> DaysOf(DateOnly day, string unit) =>
        Enumerable.Range(-31, 63).Select(day.AddDays).Where(other => KeyOf(other, unit) == KeyOf(day, unit));
}
