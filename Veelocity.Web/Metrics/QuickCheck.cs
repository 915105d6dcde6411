using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Metrics;

/// <summary>
/// DORA's Quick Check (M25): each metric as a score from 0 to 10 beside the mean of all industries in the survey of 2025. Categories 1 to 6
/// score (x − 1) ÷ 5 × 10, percentages 10 − percent ÷ 10; the whole is the mean of those there are. A metric of fewer than five items
/// has none (M4).
/// </summary>
public sealed record QuickCheck(IReadOnlyList<QuickCheck.Score> Scores)
{
    public const string Source = "DORA Quick Check, 2025";
    public const string Year = "2025";

    private const double Hour = 3600, Day = 24 * Hour;

    /// <param name="Metric">As the API names it.</param>
    /// <param name="Value">0 to 10; null without enough data.</param>
    /// <param name="Industry">The mean of all industries in 2025.</param>
    /// <param name="Count">From how many items.</param>
    public sealed record Score(string Metric, double? Value, double Industry, long Count);

    /// <summary>The mean of the metrics that have a score; null when none has.</summary>
    public double? Overall => Scores.Average(score => score.Value);

    /// <summary>The same of the industries' means, all five.</summary>
    public double IndustryOverall => Scores.Average(score => score.Industry);

    public int Missing => Scores.Count(score => score.Value is null);

    /// <summary>Its categories are of calendar time: by the working clock durations have no score (M7).</summary>
    public static QuickCheck Of(
        Filter filter, DeploymentFrequency.Answer frequency, LeadTimeForChanges.Answer leadTime, ChangeFailureRate.Answer failureRate, TimeToRecovery.Answer recovery,
        ReworkRate.Answer rework) => new(
    [
        Make("deployment_frequency", frequency.PerDay is { } perDay ? OfCategory(FrequencyCategory(perDay)) : null, 4.8, frequency.Total),
        Make("lead_time_for_changes", filter.Working is null && leadTime.Value.P50 is { } lead ? OfCategory(DurationCategory(lead)) : null, 5.5, leadTime.Value.Count),
        Make("change_failure_rate", OfRate(failureRate.Now.Value), OfRate(0.19)!.Value, failureRate.Now.Total),
        Make("mttr", filter.Working is null && recovery.Now.Mean is { } mean ? OfCategory(DurationCategory(mean)) : null, 7.4, recovery.Now.Count),
        Make("deployment_rework_rate", OfRate(rework.Now.Value), OfRate(0.22)!.Value, rework.Now.Total),
    ]);

    /// <summary>1 (less than every six months) to 6 (more often than hourly).</summary>
    public static int FrequencyCategory(double perDay) => perDay switch
    {
        > 24 => 6,
        >= 1 => 5,
        >= 1.0 / 7 => 4,
        >= 1.0 / 30 => 3,
        >= 1.0 / 182.5 => 2,
        _ => 1,
    };

    /// <summary>1 (over six months) to 6 (under an hour).</summary>
    public static int DurationCategory(double seconds) => seconds switch
    {
        < Hour => 6,
        < Day => 5,
        < 7 * Day => 4,
        < 30 * Day => 3,
        < 182.5 * Day => 2,
        _ => 1,
    };

    public static double OfCategory(int category) => (category - 1) / 5.0 * 10;

    /// <param name="fraction">Between 0 and 1.</param>
    public static double? OfRate(double? fraction) => 10 - fraction * 10;

    private static Score Make(string metric, double? value, double industry, long count) =>
        new(metric, count < Trend.FewestItems ? null : value, industry, count);
}
