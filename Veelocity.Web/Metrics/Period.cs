using System.Globalization;
using System.Runtime.InteropServices;

namespace Veelocity.Web.Metrics;

/// <summary>
/// The days a question is about, read in the organization's time zone; as instants half-open (M1). Days that are not over yet make
/// it partial: rates divide by the time that has really passed, and the previous period is of the same elapsed length (M5).
/// </summary>
public sealed class Period
{
    public const int LongestDays = 3 * 366;

    private readonly DateTimeOffset now;

    public Period(DateOnly firstDay, DateOnly lastDay, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (lastDay < firstDay) throw new ArgumentException("A period ends before it starts.", nameof(lastDay));
        (FirstDay, LastDay, Zone, this.now) = (firstDay, lastDay, zone, now);
        From = StartOf(firstDay);
        To = StartOf(lastDay.AddDays(1));
    }

    private Period(DateOnly firstDay, DateOnly lastDay, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        (FirstDay, LastDay, Zone, From, To, now) = (firstDay, lastDay, zone, from, to, to);
    }

    public DateOnly FirstDay { get; }

    /// <summary>The last day, inclusive.</summary>
    public DateOnly LastDay { get; }

    public TimeZoneInfo Zone { get; }
    public DateTimeOffset From { get; }
    public DateTimeOffset To { get; }
    public Instants Span => new(From, To);
    public int Days => LastDay.DayNumber - FirstDay.DayNumber + 1;

    /// <summary>Where the part that has happened ends.</summary>
    public DateTimeOffset ElapsedTo => now <= From ? From : now < To ? now : To;

    public static Period LastDays(int days, TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return new Period(today.AddDays(1 - days), today, zone, now);
    }

    /// <summary>The period of the same elapsed length that ends where this one starts, or ran as far as this one has, to the minute.</summary>
    public Period Previous()
    {
        var first = FirstDay.AddDays(-Days);
        var from = StartOf(first);
        return new Period(first, FirstDay.AddDays(-1), Zone, from, ElapsedTo == To ? From : (from + (ElapsedTo - From)).ToTheMinute());
    }

    /// <summary>
    /// Elapsed days from the start, or from the first data when that is later (M5). A whole day is 1 however many hours it has, a part of one
    /// is its share; never less than 1. Null when nothing existed yet: such a period has no data (M3).
    /// </summary>
    public double? ElapsedDays(DateTimeOffset? firstData)
    {
        if (firstData is null || firstData >= ElapsedTo) return null;
        return Math.Max(1, DayAt(ElapsedTo) - DayAt(firstData > From ? firstData.Value : From));
    }

    /// <summary>The buckets that have begun, in order; the first and last may be cut off by the period or by now (M5).</summary>
    public IReadOnlyList<Bucket> Buckets(Grouping grouping)
    {
        var buckets = new List<Bucket>();
        for (var start = grouping.StartOf(FirstDay); start <= LastDay && StartOf(start) < ElapsedTo; start = grouping.Next(start))
        {
            var isPartial = start < FirstDay || grouping.Next(start) > LastDay.AddDays(1) || StartOf(grouping.Next(start)) > ElapsedTo;
            buckets.Add(new Bucket(
                grouping.KeyOf(start), start, isPartial, new Instants(start < FirstDay ? From : StartOf(start), Earlier(StartOf(grouping.Next(start)), To))));
        }
        return buckets;
    }

    /// <summary>Each day of it, whether it has begun or not.</summary>
    public IReadOnlyList<Instants> DaySpans()
    {
        var starts = Enumerable.Range(0, Days + 1).Select(i => StartOf(FirstDay.AddDays(i))).ToList();
        return [.. starts.Zip(starts.Skip(1), (start, next) => new Instants(start, next))];
    }

    public DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(15); // some zones change their clocks at midnight
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The day's number and how much of it has passed.</summary>
    private double DayAt(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);
        var start = StartOf(day);
        return day.DayNumber + ((at - start) / (StartOf(day.AddDays(1)) - start));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{FirstDay:yyyy-MM-dd}..{LastDay:yyyy-MM-dd} {Zone.Id}");
}

/// <summary>Instants without their seconds.</summary>
internal static class Minutes
{
    public static DateTimeOffset ToTheMinute(this DateTimeOffset instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMinute), instant.Offset);
}

/// <summary>A day, week or month of a period.</summary>
/// <param name="Key">As in the API: <c>2026-11-01</c>, <c>2026-W45</c>, <c>2026-11</c>.</param>
/// <param name="Span">Its part of the period.</param>
public sealed record Bucket(string Key, DateOnly Start, bool IsPartial, Instants Span);

/// <summary>A span of time, half-open (M1).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Instants(DateTimeOffset From, DateTimeOffset To);
