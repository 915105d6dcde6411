using System.Globalization;

namespace Veelocity.Web.Metrics;

/// <summary>A way to cut time into buckets; weeks start on Monday (M1).</summary>
public sealed record Grouping
{
    public static readonly Grouping Day = new("day");
    public static readonly Grouping Week = new("week");
    public static readonly Grouping Month = new("month");

    private Grouping(string unit) => Unit = unit;

    /// <summary>Its name, in addresses and for PostgreSQL's <c>date_trunc</c>.</summary>
    public string Unit { get; }

    public static Grouping? Parse(string? unit) => unit switch
    {
        "day" => Day,
        "week" => Week,
        "month" => Month,
        _ => null,
    };

    /// <summary>Days up to a fortnight, weeks up to half a year, months beyond.</summary>
    public static Grouping For(Period period) => period.Days <= 14 ? Day : period.Days <= 190 ? Week : Month;

    public DateOnly StartOf(DateOnly day) => Unit switch
    {
        "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        "month" => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };

    public DateOnly Next(DateOnly start) => Unit switch
    {
        "week" => start.AddDays(7),
        "month" => start.AddMonths(1),
        _ => start.AddDays(1),
    };

    public string KeyOf(DateOnly start) => Unit switch
    {
        "week" => string.Create(CultureInfo.InvariantCulture,
            $"{ISOWeek.GetYear(start.ToDateTime(TimeOnly.MinValue)):0000}-W{ISOWeek.GetWeekOfYear(start.ToDateTime(TimeOnly.MinValue)):00}"),
        "month" => start.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
