using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>
/// When a pull request was ready, first reviewed and last approved (M26, M20). Reviews count by humans other than the author
/// (M29), not after the merge. The first review is the first of these, even one given to a draft. Ready is creation when it was never a
/// draft; else the last time it became ready before the first review; else, reviewed only as a draft or never, the last time it became
/// ready at all. A pull request opened for review and made a draft later was ready at its creation, too. One that still is a draft
/// has no ready time, nor has one that was merged as such.
/// </summary>
internal sealed record ReviewTimes(DateTimeOffset? ReadyAt, DateTimeOffset? FirstReviewAt, DateTimeOffset? ApprovedAt)
{
    public static ReviewTimes Of(PullRequestFacts pull)
    {
        DateTimeOffset? firstReviewAt = null, approvedAt = null;
        foreach (var review in pull.Reviews)
        {
            if (!review.IsHuman || review.AuthorAccountId == pull.AuthorAccountId || review.SubmittedAt > pull.MergedAt) continue;
            if (firstReviewAt is null || review.SubmittedAt < firstReviewAt) firstReviewAt = review.SubmittedAt;
            if (review.State == ReviewState.Approved && (approvedAt is null || review.SubmittedAt > approvedAt)) approvedAt = review.SubmittedAt;
        }
        return new(Ready(pull, firstReviewAt), firstReviewAt, approvedAt);
    }

    private static DateTimeOffset? Ready(PullRequestFacts pull, DateTimeOffset? firstReviewAt)
    {
        if (pull.IsDraft) return null;
        if (pull.ReadyForReviewAt.Count == 0 && pull.ConvertedToDraftAt.Count == 0) return pull.CreatedAt;

        DateTimeOffset? last = null, lastBeforeReview = null;
        foreach (var at in WasOpenedForReview(pull) ? pull.ReadyForReviewAt.Prepend(pull.CreatedAt) : pull.ReadyForReviewAt)
        {
            if (last is null || at > last) last = at;
            if (at <= firstReviewAt && (lastBeforeReview is null || at > lastBeforeReview)) lastBeforeReview = at;
        }
        return lastBeforeReview ?? last;
    }

    private static bool WasOpenedForReview(PullRequestFacts pull) =>
        pull.ConvertedToDraftAt.Count > 0
        && (pull.ReadyForReviewAt.Count == 0 || pull.ConvertedToDraftAt.Min() < pull.ReadyForReviewAt.Min());
}
