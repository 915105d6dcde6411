using System.Globalization;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>A stretch of time, half-open (M1).</summary>
internal readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To)
{
    public bool Holds(DateTimeOffset at) => at >= From && at < To;
}

/// <summary>A day, week or month, or the part of it that the period holds.</summary>
internal sealed record TimeBucket(string Key, DateOnly Start, Stretch Stretch, bool IsPartial);

/// <summary>The days that a question is about, read from a calendar on the organization's wall (M1, M5).</summary>
internal sealed class Days
{
    private readonly TimeZoneInfo zone;
    private readonly DateTimeOffset now;
    private readonly Dictionary<DateOnly, DateTimeOffset> midnights = [];

    public Days(DateOnly first, DateOnly last, TimeZoneInfo zone, DateTimeOffset now)
    {
        (First, Last, this.zone, this.now) = (first, last, zone, now);
        Whole = new(Midnight(first), Midnight(last.AddDays(1)));
        var end = Whole.To < now ? Whole.To : now;
        Elapsed = new(Whole.From, end < Whole.From ? Whole.From : end);
        // As many days before, and of those as long a part as has passed of these.
        var from = Midnight(first.AddDays(-Count));
        Before = new(from, Elapsed.To == Whole.To ? Whole.From : from + (Elapsed.To - Elapsed.From));
    }

    public DateOnly First { get; }
    public DateOnly Last { get; }
    public Stretch Whole { get; }
    public Stretch Elapsed { get; }

    /// <summary>The period for comparison: as long, and just before.</summary>
    public Stretch Before { get; }

    public string ZoneId => zone.Id;

    public int Count => Last.DayNumber - First.DayNumber + 1;

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>Elapsed days of a stretch since there was data, day by day; null when there was none yet.</summary>
    public double? DaysIn(Stretch stretch, DateTimeOffset? firstData)
    {
        if (firstData is not { } data) return null;
        var (from, to) = (data > stretch.From ? data : stretch.From, stretch.To);
        if (from >= to) return null;
        var sum = 0.0;
        for (var day = DayOf(from); Midnight(day) < to; day = day.AddDays(1))
        {
            var (start, end) = (Midnight(day), Midnight(day.AddDays(1)));
            sum += ((end < to ? end : to) - (start > from ? start : from)) / (end - start);
        }
        return Math.Max(1, sum);
    }

    /// <summary>Those that have begun.</summary>
    public List<TimeBucket> Buckets(string unit)
    {
        var buckets = new List<TimeBucket>();
        for (var start = Begin(First, unit); start <= Last; start = Next(start, unit))
        {
            var (from, to) = (Midnight(start), Midnight(Next(start, unit)));
            if (from >= now) break;
            var isPartial = start < First || Next(start, unit) > Last.AddDays(1) || to > now;
            buckets.Add(new(KeyOf(start, unit), start, new(from < Whole.From ? Whole.From : from, to > Whole.To ? Whole.To : to), isPartial));
        }
        return buckets;
    }

    public string DefaultUnit => Count <= 14 ? "day" : Count <= 190 ? "week" : "month";

    /// <summary>The first instant whose date is this day.</summary>
    public DateTimeOffset Midnight(DateOnly day)
    {
        if (midnights.TryGetValue(day, out var known)) return known;
        var at = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(-16);
        while (DayOf(at) < day) at = at.AddMinutes(15);
        return midnights[day] = at;
    }

    private static DateOnly Begin(DateOnly day, string unit) => unit switch
    {
        "week" => Enumerable.Range(0, 7).Select(back => day.AddDays(-back)).First(d => d.DayOfWeek == DayOfWeek.Monday),
        "month" => day.AddDays(1 - day.Day),
        _ => day,
    };

    private static DateOnly Next(DateOnly day, string unit) => unit switch { "week" => day.AddDays(7), "month" => day.AddMonths(1), _ => day.AddDays(1) };

    private static string KeyOf(DateOnly day, string unit)
    {
        var monday = day.ToDateTime(TimeOnly.MinValue);
        return unit switch
        {
            "week" => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(monday):0000}-W{ISOWeek.GetWeekOfYear(monday):00}"),
            "month" => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            _ => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }
}
