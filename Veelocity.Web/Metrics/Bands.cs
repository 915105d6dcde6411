namespace Veelocity.Web.Metrics;

/// <summary>A reading aid after DORA's performance levels (M25); never a ranking of teams.</summary>
public enum Band
{
    Low,
    Medium,
    High,
    Elite,
}

/// <summary>Where the bands lie (M25). No band below five items (M4).</summary>
public static class Bands
{
    /// <summary>What the thresholds are read from, shown beside every band.</summary>
    public const string Source = "DORA performance levels, 2024";

    private const double DaySeconds = 86_400;

    public static Band? OfFrequency(double? perDay, long count) => count < Trend.FewestItems ? null : perDay switch
    {
        null => null,
        >= 1 => Band.Elite,
        >= 1.0 / 7 => Band.High,
        >= 1.0 / 30 => Band.Medium,
        _ => Band.Low,
    };

    public static Band? OfLeadTime(double? medianSeconds, long count) => count < Trend.FewestItems ? null : medianSeconds switch
    {
        null => null,
        < DaySeconds => Band.Elite,
        < 7 * DaySeconds => Band.High,
        < 30 * DaySeconds => Band.Medium,
        _ => Band.Low,
    };

    /// <param name="value">A fraction between 0 and 1.</param>
    public static Band? OfFailureRate(double? value, long count) => count < Trend.FewestItems ? null : value switch
    {
        null => null,
        <= 0.05 => Band.Elite,
        <= 0.10 => Band.High,
        <= 0.20 => Band.Medium,
        _ => Band.Low,
    };

    public static Band? OfRecovery(double? seconds, long count) => count < Trend.FewestItems ? null : seconds switch
    {
        null => null,
        < 3600 => Band.Elite,
        < DaySeconds => Band.High,
        < 7 * DaySeconds => Band.Medium,
        _ => Band.Low,
    };
}
