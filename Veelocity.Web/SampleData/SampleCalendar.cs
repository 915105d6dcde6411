namespace Veelocity.Web.SampleData;

/// <summary>
/// What the sample's story is about, day by day: calm months, a bad week with failed releases, a rollback and slow reviews, and the recovery after it.
/// </summary>
internal sealed class SampleCalendar(DateTimeOffset now)
{
    public const int Days = 210;

    // Counted back from today: the week in which it went wrong, and the weeks in which builds for iOS became flaky.
    private const int BadFrom = 40, BadTo = 32, FlakyFrom = 24;

    public DateTimeOffset Now => now;

    public DateTimeOffset Start => Midnight(Days);

    /// <summary>Days that people work, oldest first.</summary>
    public IEnumerable<DateTimeOffset> WorkingDays =>
        Enumerable.Range(0, Days + 1).Select(i => Midnight(Days - i)).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    /// <summary>The day on which a release had to be taken back.</summary>
    public DateTimeOffset RollbackDay => WorkingDays.Last(day => day <= Midnight((BadFrom + BadTo) / 2));

    public bool IsBad(DateTimeOffset at) => at >= Midnight(BadFrom) && at < Midnight(BadTo);

    public bool IsRecovering(DateTimeOffset at) => at >= Midnight(BadTo);

    public bool IsFlaky(DateTimeOffset at) => at >= Midnight(FlakyFrom);

    /// <summary>The share of releases that break something.</summary>
    public double Risk(DateTimeOffset at) => IsBad(at) ? 0.4 : IsRecovering(at) ? 0.03 : 0.06;

    /// <summary>How long a change waits for its first review, in the median.</summary>
    public TimeSpan ReviewWait(DateTimeOffset at) => IsBad(at) ? TimeSpan.FromHours(22) : IsRecovering(at) ? TimeSpan.FromHours(3) : TimeSpan.FromHours(6);

    public DateTimeOffset DaysAgo(int days, int hour) => Midnight(days).AddHours(hour);

    private DateTimeOffset Midnight(int daysAgo) => new(now.UtcDateTime.Date.AddDays(-daysAgo), TimeSpan.Zero);
}
