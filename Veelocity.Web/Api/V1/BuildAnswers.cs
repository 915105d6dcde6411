using CsvHelper;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Builds;

namespace Veelocity.Web.Api.V1;

/// <summary>A fraction between 0 and 1; null when nothing was completed.</summary>
internal sealed record RatioAnswer(double? SuccessRate, long Succeeded, long Total)
{
    public static RatioAnswer Of(BuildSuccessRate.Ratio ratio) => new(ratio.Value, ratio.Succeeded, ratio.Total);
}

internal sealed record PreviousBuildRate(long Total, double? SuccessRate, double? Change);

/// <param name="SuccessRate">Of runs, where any attempt that succeeds makes its run a success.</param>
internal sealed record BuildRateAnswer(
    string Metric, DateOnly StartDate, DateOnly EndDate, string TimeZone, string Unit, string Platform,
    double? SuccessRate, long Succeeded, long Total, RatioAnswer FirstTry, RatioAnswer PerAttempt, long LeftOut, PreviousBuildRate Previous,
    IReadOnlyList<BuildRateGroup> Groups)
{
    public const string Name = "build_success_rate";

    public static readonly BuildRateAnswer Example = new(
        Name, new(2026, 10, 1), new(2026, 10, 31), "Europe/Paris", "fraction", "ios", 0.94, 94, 100, new(0.82, 82, 100), new(0.846, 99, 117), 6,
        new(88, 0.92, 0.0217), [new("2026-W41", "2026-W41", new(2026, 10, 5), 0.95, 19, 20, 0.85, false)]);

    public static BuildRateAnswer Of(Period period, string platform, BuildSuccessRate.Answer answer, IReadOnlyList<BuildRateGroup> groups)
    {
        var (now, before) = (answer.Now, answer.Previous.Eventual);
        return new(
            Name, period.FirstDay, period.LastDay, period.Zone.Id, "fraction", platform, now.Eventual.Value, now.Eventual.Succeeded, now.Eventual.Total,
            RatioAnswer.Of(now.FirstTry), RatioAnswer.Of(now.PerAttempt), answer.LeftOut, new(before.Total, before.Value, answer.Trend.Change), groups);
    }
}

[CsvRecord]
internal sealed partial record BuildRateGroup(
    [CsvColumn("key")] string Key,
    [CsvColumn("label")] string Label,
    [CsvColumn("start")] DateOnly? Start,
    [CsvColumn("success_rate")] double? SuccessRate,
    [CsvColumn("succeeded")] long Succeeded,
    [CsvColumn("total")] long Total,
    [CsvColumn("first_try")] double? FirstTry,
    [CsvColumn("partial")] bool Partial)
{
    public static BuildRateGroup Of(BuildSuccessRate.Group g) =>
        new(g.Key, g.Label, g.Start, g.Rates.Eventual.Value, g.Rates.Eventual.Succeeded, g.Rates.Eventual.Total, g.Rates.FirstTry.Value, g.IsPartial);
}

/// <summary>Waiting for a runner, of the same builds.</summary>
internal sealed record QueueAnswer(long Count, double? Median, double? Mean, double? P90);

internal sealed record BuildDurationAnswer(
    string Metric, DateOnly StartDate, DateOnly EndDate, string TimeZone, string Unit, string Platform,
    long Count, double? Median, double? Mean, double? P50, double? P90, QueueAnswer Queue, PreviousBuildDuration Previous, IReadOnlyList<BuildDurationGroup> Groups)
{
    public const string Name = "build_duration";

    public static readonly BuildDurationAnswer Example = new(
        Name, new(2026, 10, 1), new(2026, 10, 31), "Europe/Paris", "seconds", "ios", 99, 1380, 1421.5, 1380, 1862.2, new(99, 21, 24.1, 41), new(84, 1502.2, -0.0537),
        [new("2026-W41", "2026-W41", new(2026, 10, 5), 20, 1401.4, 1390, 1805.5, 20, false)]);

    public static BuildDurationAnswer Of(Period period, string platform, BuildDuration.Answer answer, IReadOnlyList<BuildDurationGroup> groups) => new(
        Name, period.FirstDay, period.LastDay, period.Zone.Id, "seconds", platform,
        answer.Value.Count, answer.Value.Median, answer.Value.Mean, answer.Value.Median, answer.Value.P90,
        new(answer.Queue.Count, answer.Queue.Median, answer.Queue.Mean, answer.Queue.P90), new(answer.Previous.Count, answer.Previous.Mean, answer.Trend.Change), groups);
}

internal sealed record PreviousBuildDuration(long Count, double? Mean, double? Change);

[CsvRecord]
internal sealed partial record BuildDurationGroup(
    [CsvColumn("key")] string Key,
    [CsvColumn("label")] string Label,
    [CsvColumn("start")] DateOnly? Start,
    [CsvColumn("count")] long Count,
    [CsvColumn("mean")] double? Mean,
    [CsvColumn("median")] double? Median,
    [CsvColumn("p90")] double? P90,
    [CsvColumn("queue_median")] double? QueueMedian,
    [CsvColumn("partial")] bool Partial)
{
    public static BuildDurationGroup Of(BuildDuration.Group g) =>
        new(g.Key, g.Label, g.Start, g.Value.Count, g.Value.Mean, g.Value.Median, g.Value.P90, g.Queue.Median, g.IsPartial);
}

internal sealed record PreviousBuildFrequency(long? Total, double? PerDay, double? Change);

/// <param name="Attempts">Runs repeated counted each time.</param>
internal sealed record BuildFrequencyAnswer(
    string Metric, DateOnly StartDate, DateOnly EndDate, string TimeZone, string Unit, string Platform,
    long? Total, double? PerDay, long? Attempts, long Today, PreviousBuildFrequency Previous, IReadOnlyList<BuildFrequencyGroup> Groups)
{
    public const string Name = "build_frequency";

    public static readonly BuildFrequencyAnswer Example = new(
        Name, new(2026, 10, 1), new(2026, 10, 31), "Europe/Paris", "runs", "all", 212, 6.84, 241, 7, new(190, 6.13, 0.1158),
        [new("2026-W41", "2026-W41", new(2026, 10, 5), 44, 39, 3, false)]);

    public static BuildFrequencyAnswer Of(Period period, string platform, BuildFrequency.Answer answer, IReadOnlyList<BuildFrequencyGroup> groups) => new(
        Name, period.FirstDay, period.LastDay, period.Zone.Id, "runs", platform, answer.PerDay is null ? null : answer.Total, answer.PerDay,
        answer.PerDay is null ? null : answer.Attempts, answer.Today,
        new(answer.Previous is null ? null : answer.PreviousTotal, answer.Previous, answer.Trend.Change), groups);
}

[CsvRecord]
internal sealed partial record BuildFrequencyGroup(
    [CsvColumn("key")] string Key,
    [CsvColumn("label")] string Label,
    [CsvColumn("start")] DateOnly? Start,
    [CsvColumn("count")] long Count,
    [CsvColumn("succeeded")] long Succeeded,
    [CsvColumn("failed")] long Failed,
    [CsvColumn("partial")] bool Partial)
{
    public static BuildFrequencyGroup Of(BuildFrequency.Group g) => new(g.Key, g.Label, g.Start, g.Count, g.Succeeded, g.Failed, g.IsPartial);
}
