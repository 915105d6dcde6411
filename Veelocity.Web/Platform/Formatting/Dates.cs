using System.Globalization;

namespace Veelocity.Web.Platform.Formatting;

/// <summary>
/// How instants and days are written: short with the weekday, in one time zone, and ISO for those who ask. Day, month and year stand as the reader
/// is used to, and so does the clock of twelve or twenty-four hours; the words are English like everything around them.
/// </summary>
public sealed class Dates(TimeZoneInfo zone)
{
    private enum Order
    {
        DayFirst,
        MonthFirst,
        YearFirst,
    }

    public static Dates In(string timeZone) => new(TimeZoneInfo.FindSystemTimeZoneById(timeZone));

    /// <summary>By the reader's clock; by this zone's while nobody knows it.</summary>
    public static Dates ForReader(string otherwise) => Reader.Zone is { } zone ? new Dates(zone) : In(otherwise);

    /// <summary>A day that somebody asks for, such as 2026-11-03; null when it is none. The ends of the calendar have no instant in every zone, and no day after.</summary>
    public static DateOnly? AskedDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999 ? day : null;

    public static string Day(DateOnly day) => Write(day, OfReader == Order.DayFirst ? "d MMM" : "MMM d");

    public static string DayWithYear(DateOnly day) => Write(day, OfReader switch { Order.DayFirst => "d MMM yyyy", Order.MonthFirst => "MMM d, yyyy", _ => "yyyy MMM d" });

    public static string DayWithWeekday(DateOnly day) => Write(day, OfReader == Order.DayFirst ? "ddd d MMM" : "ddd, MMM d");

    public static string Month(DateOnly month) => Write(month, OfReader == Order.YearFirst ? "yyyy MMM" : "MMM yyyy");

    public static string IsoDay(DateOnly day) => Write(day, "yyyy-MM-dd");

    /// <summary>A period's first and last day, the year once: "1 – 31 Oct 2026", "Oct 1 – 31, 2026".</summary>
    public static string Range(DateOnly first, DateOnly last)
    {
        if (first == last) return DayWithYear(last);
        if (first.Year != last.Year) return $"{DayWithYear(first)} – {DayWithYear(last)}";
        var isOneMonth = first.Month == last.Month;
        return OfReader switch
        {
            Order.DayFirst => $"{(isOneMonth ? Write(first, "%d") : Day(first))} – {DayWithYear(last)}",
            Order.MonthFirst => $"{Day(first)} – {(isOneMonth ? Write(last, "d, yyyy") : DayWithYear(last))}",
            _ => $"{DayWithYear(first)} – {(isOneMonth ? Write(last, "%d") : Day(last))}",
        };
    }

    /// <summary>"Tue 3 Nov 14:05", "Tue, Nov 3, 2:05 PM".</summary>
    public string Short(DateTimeOffset instant)
    {
        var local = Local(instant);
        return $"{DayWithWeekday(DateOnly.FromDateTime(local.DateTime))}{(OfReader == Order.DayFirst ? "" : ",")} {Clock(local)}";
    }

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

    private static Order OfReader => Reader.Culture is { Name.Length: > 0 } culture
        ? culture.DateTimeFormat.ShortDatePattern.TrimStart('\'', ' ', '\u200F')[0] switch { 'M' => Order.MonthFirst, 'y' or 'g' => Order.YearFirst, _ => Order.DayFirst }
        : Order.DayFirst;

    private static string Clock(DateTimeOffset local)
    {
        var habits = Reader.Culture.DateTimeFormat;
        return habits.ShortTimePattern.Contains('H', StringComparison.Ordinal)
            ? local.ToString("HH:mm", CultureInfo.InvariantCulture).Replace(":", habits.TimeSeparator, StringComparison.Ordinal)
            : local.ToString("h:mm tt", CultureInfo.InvariantCulture);
    }

    // Not by the culture itself: its words would be in another language than the page, and its calendar may be another one.
    private static string Write(DateOnly day, string pattern) => day.ToString(pattern, CultureInfo.InvariantCulture);

    private DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);

    private static string Whole(double seconds)
    {
        var unit = Durations.UnitFor(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Round(unit.Of(seconds)))} {unit.Name}");
    }
}
