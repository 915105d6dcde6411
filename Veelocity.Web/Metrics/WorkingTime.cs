using System.Collections.Concurrent;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics;

/// <summary>
/// The second clock (M7): counts only the organization's working hours, on its working days, in its time zone, and not on its holidays.
/// Friday 17:00 to Monday 10:00 is two hours at Monday to Friday, 9 to 18.
/// </summary>
public sealed class WorkingTime(WorkingHours hours, TimeZoneInfo zone)
{
    private readonly ConcurrentDictionary<DateOnly, (DateTimeOffset Open, DateTimeOffset Close)> days = new();
    private readonly HashSet<DateOnly> holidays = [.. hours.Holidays];

    /// <summary>Working seconds between two instants; 0 when the second is not later.</summary>
    public double Seconds(DateTimeOffset from, DateTimeOffset to)
    {
        var total = 0.0;
        for (var (day, last) = (DayOf(from), DayOf(to)); day <= last; day = day.AddDays(1))
        {
            if (!IsWorked(day)) continue;
            var (open, close) = days.GetOrAdd(day, static (day, self) => self.HoursOf(day), this);
            var (start, end) = (open > from ? open : from, close < to ? close : to);
            if (end > start) total += (end - start).TotalSeconds;
        }
        return total;
    }

    private bool IsWorked(DateOnly day) => hours.Days.Contains(day.DayOfWeek) && !holidays.Contains(day);

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private (DateTimeOffset Open, DateTimeOffset Close) HoursOf(DateOnly day) =>
        (At(day.ToDateTime(hours.From), offsets => offsets.Max()), At(day.ToDateTime(hours.To), offsets => offsets.Min()));

    // An hour that the clock shows twice is worked twice; one that it leaves out begins with the next.
    private DateTimeOffset At(DateTime local, Func<TimeSpan[], TimeSpan> choose)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? choose(zone.GetAmbiguousTimeOffsets(local)) : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
