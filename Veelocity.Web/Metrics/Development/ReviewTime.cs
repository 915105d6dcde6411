namespace Veelocity.Web.Metrics.Development;

/// <summary>
/// How long do pull requests wait for their first review, and until they are merged (M26)? Time to first review: ready for review → first review by a
/// person who is not the author, before the merge; bucketed by when that review came. Time to merge: ready → merged, bucketed by the
/// merge. Seconds; the headlines are medians (M2). Null without any (M3). Left out, with their reason: bots, and coding agents unless they
/// are asked for (M29); what was closed without a merge (M30); what was never ready; merged without review is counted apart. Source: pull requests
/// whose times Linking derived.
/// </summary>
public sealed class ReviewTime(PullEvents pulls, WorkGroups groups)
{
    /// <param name="Merged">Pull requests merged, also those without a time.</param>
    /// <param name="WithoutReview">Of these, how many nobody had reviewed.</param>
    public sealed record Figures(Spread FirstReview, Spread Merge, long Merged, long WithoutReview)
    {
        /// <summary>Null when nothing was merged.</summary>
        public double? WithoutReviewShare => Merged == 0 ? null : (double)WithoutReview / Merged;
    }

    /// <param name="ByAgents">Pull requests of coding agents merged in the period, whoever's were asked for.</param>
    public sealed record Answer(Figures Now, Figures Previous, Trend FirstReviewTrend, Trend MergeTrend, long ByAgents);

    public sealed record Group(string Key, string Label, DateOnly? Start, Figures Of, bool IsPartial);

    public async Task<Answer> AskAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var previous = period.Previous();
        var both = new Instants(previous.From, period.To);
        await pulls.ReadAsync(PullEvent.FirstReview, both, scope, cancellation);
        await pulls.ReadAsync(PullEvent.Merge, both, scope, cancellation);
        var (now, before) = (await FiguresAsync(period, scope, cancellation), await FiguresAsync(previous, scope, cancellation));
        var agents = await pulls.ReadAsync(PullEvent.Merge, period.Span, scope with { Authors = Cohort.Agents }, cancellation);
        return new Answer(
            now, before, Trend.Of(now.FirstReview.P50, now.FirstReview.Count, before.FirstReview.P50, before.FirstReview.Count),
            Trend.Of(now.Merge.P50, now.Merge.Count, before.Merge.P50, before.Merge.Count), agents.LongCount(row => row.Counts));
    }

    public async Task<IReadOnlyList<Group>> GroupsAsync(Period period, WorkScope scope, WorkSplit split, CancellationToken cancellation)
    {
        var cut = await groups.CutAsync(period, scope, split, [], cancellation);
        var (reviews, merges) = (cut.Into(await ReviewsAsync(period, scope, cancellation)), cut.Into(await MergesAsync(period, scope, cancellation)));
        var bare = cut.Into(await WithoutReviewAsync(period, scope, cancellation));
        var all = cut.Into(await AllMergedAsync(period, scope, cancellation));
        return [.. cut.Groups
            .Select((group, at) => new Group(
                group.Key, group.Label, group.Start,
                new Figures(Spread.Of(reviews[at].Where(i => i.Counts)), Spread.Of(merges[at].Where(i => i.Counts)), all[at].Count, bare[at].Count), group.IsPartial))
            .Where(group => cut.KeepsEmpty || group.Of.Merged > 0 || group.Of.FirstReview.Count > 0)];
    }

    /// <summary>How many waited how long for their first review.</summary>
    public async Task<IReadOnlyList<SpreadSlice>> FirstReviewSlicesAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        SpreadSlice.Of((await ReviewsAsync(period, scope, cancellation)).Where(item => item.Counts));

    /// <summary>Each first review of the period, and why it has no time.</summary>
    internal async Task<IEnumerable<WorkItem>> ReviewsAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await pulls.ReadAsync(PullEvent.FirstReview, period.Span, scope, cancellation))
            .Select(row => row.SinceReady(scope.Filter, row.IsMarked ? WorkReason.Abandoned : null));

    /// <summary>Each merge of the period, and why it has no time.</summary>
    internal async Task<IEnumerable<WorkItem>> MergesAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await pulls.ReadAsync(PullEvent.Merge, period.Span, scope, cancellation)).Select(row => row.SinceReady(scope.Filter));

    internal async Task<IEnumerable<WorkItem>> WithoutReviewAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await pulls.ReadAsync(PullEvent.Merge, period.Span, scope, cancellation)).Where(row => row is { Counts: true, IsReviewed: false }).Select(row => row.Alone());

    internal async Task<IEnumerable<WorkItem>> WithReviewAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await pulls.ReadAsync(PullEvent.Merge, period.Span, scope, cancellation)).Where(row => row is { Counts: true, IsReviewed: true }).Select(row => row.Alone());

    internal async Task<IEnumerable<WorkItem>> AllMergedAsync(Period period, WorkScope scope, CancellationToken cancellation) =>
        (await pulls.ReadAsync(PullEvent.Merge, period.Span, scope, cancellation)).Where(row => row.Counts).Select(row => row.Alone());

    private async Task<Figures> FiguresAsync(Period period, WorkScope scope, CancellationToken cancellation)
    {
        var merges = await pulls.ReadAsync(PullEvent.Merge, period.Span, scope, cancellation);
        return new Figures(
            Spread.Of((await ReviewsAsync(period, scope, cancellation)).Where(item => item.Counts)),
            Spread.Of((await MergesAsync(period, scope, cancellation)).Where(item => item.Counts)),
            merges.LongCount(row => row.Counts), merges.LongCount(row => row is { Counts: true, IsReviewed: false }));
    }
}
