namespace Veelocity.Web.Metrics.Development;

/// <summary>The pull requests behind a value, or left out of it.</summary>
public enum PullSet
{
    /// <summary>With a time to first review.</summary>
    Reviewed,

    /// <summary>With a time to merge.</summary>
    MergeTimed,
    Merged,
    WithoutReview,

    /// <summary>Merged, and somebody had reviewed it.</summary>
    WithReview,
    Reverts,
    Abandoned,

    /// <summary>Merged and tied to an issue.</summary>
    Linked,
}

/// <summary>The issues behind a value, or left out of it.</summary>
public enum IssueSet
{
    /// <summary>With a time from creation to the last merge.</summary>
    Delivered,

    /// <summary>With a time from start to completion.</summary>
    Worked,
    Completed,
}

/// <summary>The rows of each set, with those left out of it and why (M35): the same that the metrics count.</summary>
public sealed class WorkSets(ReviewTime review, CycleTime cycle, Throughput throughput)
{
    internal async Task<IReadOnlyList<WorkItem>> OfAsync(PullSet set, Period period, WorkScope scope, CancellationToken cancellation) => set switch
    {
        PullSet.Reviewed => [.. await review.ReviewsAsync(period, scope, cancellation), .. (await review.WithoutReviewAsync(period, scope, cancellation)).Select(item => item with { LeftOut = WorkReason.NoReview })],
        PullSet.MergeTimed => [.. await review.MergesAsync(period, scope, cancellation), .. await AbandonedAsync(period, scope, cancellation)],
        PullSet.Merged => [.. await throughput.MergedAsync(period, scope, cancellation), .. await AbandonedAsync(period, scope, cancellation)],
        PullSet.WithoutReview => [.. await review.WithoutReviewAsync(period, scope, cancellation)],
        PullSet.WithReview => [.. await review.WithReviewAsync(period, scope, cancellation)],
        PullSet.Reverts => [.. (await throughput.MergedAsync(period, scope, cancellation)).Where(item => item.IsMarked)],
        PullSet.Abandoned => [.. await throughput.AbandonedAsync(period, scope, cancellation)],
        _ => [.. await cycle.LinkedAsync(period, scope, cancellation)],
    };

    internal async Task<IReadOnlyList<WorkItem>> OfAsync(IssueSet set, Period period, WorkScope scope, CancellationToken cancellation) => set switch
    {
        IssueSet.Delivered =>
        [
            .. await cycle.DeliveriesAsync(period, scope, cancellation), .. await cycle.UndeliveredAsync(period, scope, cancellation),
            .. await CanceledAsync(period, scope, cancellation),
        ],
        IssueSet.Worked => [.. await cycle.CompletionsAsync(period, scope, cancellation), .. await CanceledAsync(period, scope, cancellation)],
        _ => [.. await throughput.CompletedAsync(period, scope, cancellation), .. await CanceledAsync(period, scope, cancellation)],
    };

    private async Task<IEnumerable<WorkItem>> AbandonedAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await throughput.AbandonedAsync(period, scope, cancellation)).Where(item => item.Counts).Select(item => item with { LeftOut = WorkReason.Abandoned });

    // A canceled issue can have merged pull requests, or have been completed before: once is enough.
    private async Task<IEnumerable<WorkItem>> CanceledAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var told = (await cycle.DeliveriesAsync(period, scope, cancellation)).Concat(await cycle.CompletionsAsync(period, scope, cancellation))
            .Where(item => item.LeftOut == WorkReason.Canceled).Select(item => item.Id).ToHashSet();
        return (await cycle.CancellationsAsync(period, scope, cancellation)).Where(item => !told.Contains(item.Id));
    }
}
