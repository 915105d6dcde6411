using System.Globalization;

namespace Veelocity.Web.Platform.Formatting;

/// <summary>How instants and days are written: short with the weekday, in one time zone, and ISO for those who ask.</summary>
public sealed class Dates(TimeZoneInfo zone)
{
    public static Dates In(string timeZone) => new(TimeZoneInfo.FindSystemTimeZoneById(timeZone));

    public static string Day(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    public static string DayWithYear(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string DayWithWeekday(DateOnly day) => day.ToString("ddd d MMM", CultureInfo.InvariantCulture);

    public static string IsoDay(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A period's first and last day, the year once: "1 – 31 Oct 2026".</summary>
    public static string Range(DateOnly first, DateOnly last)
    {
        if (first == last) return DayWithYear(last);
        if (first.Year != last.Year) return $"{DayWithYear(first)} – {DayWithYear(last)}";
        var start = first.Month == last.Month ? first.Day.ToString(CultureInfo.InvariantCulture) : Day(first);
        return $"{start} – {DayWithYear(last)}";
    }

    /// <summary>"Tue 3 Nov 14:05".</summary>
    public string Short(DateTimeOffset instant) => Local(instant).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"2026-11-03T14:05:20+01:00".</summary>
    public string Iso(DateTimeOffset instant) => Local(instant).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>How long ago, roughly: "just now", "12 min ago", "3 d ago".</summary>
    public static string Age(DateTimeOffset instant, DateTimeOffset now)
    {
        var seconds = (now - instant).TotalSeconds;
        return seconds < 45 ? "just now" : $"{Whole(seconds)} ago";
    }

    /// <summary>How long until, roughly: "any moment", "in 12 min".</summary>
    public static string Until(DateTimeOffset instant, DateTimeOffset now)
    {
        var seconds = (instant - now).TotalSeconds;
        return seconds < 45 ? "any moment" : $"in {Whole(seconds)}";
    }

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    private DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);

    private static string Whole(double seconds)
    {
        var unit = Durations.UnitFor(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Round(unit.Of(seconds)))} {unit.Name}");
    }
}
