namespace Veelocity.Web.Tests.Recomputed;

/// <summary>A clock that runs from Monday to Friday, nine to six (M7).</summary>
internal sealed class WorkingClock(TimeZoneInfo zone)
{
    private const int FromHour = 9, ToHour = 18;

    public double Seconds(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = 0.0;
        for (var day = DayOf(from); day <= DayOf(to); day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) continue;
            var (begin, end) = (At(day, FromHour), At(day, ToHour));
            var span = (end < to ? end : to) - (begin > from ? begin : from);
            if (span > TimeSpan.Zero) sum += span.TotalSeconds;
        }
        return sum;
    }

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private DateTimeOffset At(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        return new(local, zone.GetUtcOffset(local));
    }
}
