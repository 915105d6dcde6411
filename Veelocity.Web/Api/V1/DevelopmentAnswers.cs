using System.Text.Json.Serialization;
using CsvHelper;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;

namespace Veelocity.Web.Api.V1;

internal sealed record PreviousSpread(long Count, double? Median, double? Change);

/// <summary>Percentiles in seconds; nulls without items. <see cref="Previous"/> is the period before.</summary>
internal sealed record SpreadAnswer(
    long Count, double? Median, double? Mean, double? P50, double? P75, double? P90, double? P95,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PreviousSpread? Previous)
{
    public static SpreadAnswer Of(Spread now, Spread before, Trend trend) => new(
        now.Count, now.P50, now.Mean, now.P50, now.P75, now.P90, now.P95, new PreviousSpread(before.Count, before.P50, trend.Change));
}

/// <summary>A share of pull requests, between 0 and 1; null without any.</summary>
internal sealed record ShareAnswer(double? Value, long Count, long Total);

/// <param name="ByAgents">Pull requests of coding agents merged in the period, whoever's were asked for.</param>
internal sealed record ReviewTimeAnswer(
    string Metric, DateOnly StartDate, DateOnly EndDate, string TimeZone, string Unit,
    SpreadAnswer TimeToFirstReview, SpreadAnswer TimeToMerge, ShareAnswer MergedWithoutReview, long ByAgents, IReadOnlyList<ReviewTimeGroup> Groups,
    IReadOnlyList<SpreadSlice> Distribution)
{
    public const string Name = "pr_review_time";

    public static ReviewTimeAnswer Of(Period period, ReviewTime.Answer answer, IReadOnlyList<ReviewTimeGroup> groups, IReadOnlyList<SpreadSlice> slices) => new(
        Name, period.FirstDay, period.LastDay, period.Zone.Id, "seconds",
        SpreadAnswer.Of(answer.Now.FirstReview, answer.Previous.FirstReview, answer.FirstReviewTrend),
        SpreadAnswer.Of(answer.Now.Merge, answer.Previous.Merge, answer.MergeTrend),
        new ShareAnswer(answer.Now.WithoutReviewShare, answer.Now.WithoutReview, answer.Now.Merged), answer.ByAgents, groups, slices);
}

[CsvRecord]
internal sealed partial record ReviewTimeGroup(
    [CsvColumn("key")] string Key,
    [CsvColumn("label")] string Label,
    [CsvColumn("start")] DateOnly? Start,
    [CsvColumn("first_review_count")] long FirstReviewCount,
    [CsvColumn("first_review_median")] double? FirstReviewMedian,
    [CsvColumn("first_review_p90")] double? FirstReviewP90,
    [CsvColumn("merge_count")] long MergeCount,
    [CsvColumn("merge_median")] double? MergeMedian,
    [CsvColumn("merge_p90")] double? MergeP90,
    [CsvColumn("merged")] long Merged,
    [CsvColumn("merged_without_review")] long MergedWithoutReview,
    [CsvColumn("partial")] bool Partial)
{
    public static ReviewTimeGroup Of(ReviewTime.Group g) => new(
        g.Key, g.Label, g.Start, g.Of.FirstReview.Count, g.Of.FirstReview.P50, g.Of.FirstReview.P90, g.Of.Merge.Count, g.Of.Merge.P50, g.Of.Merge.P90,
        g.Of.Merged, g.Of.WithoutReview, g.IsPartial);
}

/// <param name="Jumped">Completed without having been started: not in started_to_completed.</param>
/// <param name="LinkedPullRequests">Merged pull requests that are tied to an issue.</param>
internal sealed record CycleTimeAnswer(
    string Metric, DateOnly StartDate, DateOnly EndDate, string TimeZone, string Unit,
    SpreadAnswer CreatedToMerged, SpreadAnswer StartedToCompleted, long Jumped, long Canceled, ShareAnswer LinkedPullRequests, IReadOnlyList<CycleTimeGroup> Groups,
    IReadOnlyList<SpreadSlice> Distribution)
{
    public const string Name = "cycle_time";

    public static CycleTimeAnswer Of(Period period, CycleTime.Answer answer, IReadOnlyList<CycleTimeGroup> groups, IReadOnlyList<SpreadSlice> slices) => new(
        Name, period.FirstDay, period.LastDay, period.Zone.Id, "seconds",
        SpreadAnswer.Of(answer.Now.Delivered, answer.Previous.Delivered, answer.DeliveredTrend),
        SpreadAnswer.Of(answer.Now.Worked, answer.Previous.Worked, answer.WorkedTrend),
        answer.Now.Jumped, answer.Now.Canceled, new ShareAnswer(answer.Links.Share, answer.Links.Linked, answer.Links.Merged), groups, slices);
}

[CsvRecord]
internal sealed partial record CycleTimeGroup(
    [CsvColumn("key")] string Key,
    [CsvColumn("label")] string Label,
    [CsvColumn("start")] DateOnly? Start,
    [CsvColumn("count")] long Count,
    [CsvColumn("median")] double? Median,
    [CsvColumn("p90")] double? P90,
    [CsvColumn("started_to_completed_count")] long StartedToCompletedCount,
    [CsvColumn("started_to_completed_median")] double? StartedToCompletedMedian,
    [CsvColumn("started_to_completed_p90")] double? StartedToCompletedP90,
    [CsvColumn("partial")] bool Partial)
{
    public static CycleTimeGroup Of(CycleTime.Group g) => new(
        g.Key, g.Label, g.Start, g.Delivered.Count, g.Delivered.P50, g.Delivered.P90, g.Worked.Count, g.Worked.P50, g.Worked.P90, g.IsPartial);
}

internal sealed record PreviousThroughput(
    long? PullRequestsMerged, long? IssuesCompleted, double? AbandonRate, double? PullRequestsChange, double? IssuesChange);

/// <param name="IssuesCompleted">Null without an issue tracker.</param>
/// <param name="AbandonRate">Closed without a merge ÷ closed; null when none was closed.</param>
/// <param name="ByAgents">Pull requests of coding agents merged in the period, whoever's were asked for.</param>
internal sealed record ThroughputAnswer(
    string Metric, DateOnly StartDate, DateOnly EndDate, string TimeZone, string Unit,
    long? PullRequestsMerged, double? PullRequestsPerWeek, long? IssuesCompleted, double? IssuesPerWeek, long Reverts, long Abandoned, double? AbandonRate, long ByAgents,
    PreviousThroughput Previous, IReadOnlyList<ThroughputGroup> Groups)
{
    public const string Name = "throughput";

    public static ThroughputAnswer Of(Period period, Throughput.Answer answer, IReadOnlyList<ThroughputGroup> groups) => new(
        Name, period.FirstDay, period.LastDay, period.Zone.Id, "items",
        Known(answer.Now.Merged, answer.PerWeek), answer.PerWeek, Known(answer.Now.Completed, answer.CompletedPerWeek), answer.CompletedPerWeek,
        answer.Now.Reverts, answer.Now.Abandoned, answer.Now.AbandonRate, answer.ByAgents,
        new PreviousThroughput(
            Known(answer.Previous.Merged, answer.PreviousPerWeek), Known(answer.Previous.Completed, answer.PreviousCompletedPerWeek), answer.Previous.AbandonRate, answer.MergedTrend.Change, answer.CompletedTrend.Change), groups);

    private static long? Known(long? count, double? rate) => rate is null ? null : count;
}

[CsvRecord]
internal sealed partial record ThroughputGroup(
    [CsvColumn("key")] string Key,
    [CsvColumn("label")] string Label,
    [CsvColumn("start")] DateOnly? Start,
    [CsvColumn("pull_requests_merged")] long PullRequestsMerged,
    [CsvColumn("issues_completed")] long? IssuesCompleted,
    [CsvColumn("reverts")] long Reverts,
    [CsvColumn("abandoned")] long Abandoned,
    [CsvColumn("partial")] bool Partial)
{
    public static ThroughputGroup Of(Throughput.Group g) => new(
        g.Key, g.Label, g.Start, g.Of.Merged, g.Of.Completed, g.Of.Reverts, g.Of.Abandoned, g.IsPartial);
}
