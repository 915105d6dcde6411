using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>
/// When a pull request was ready, first reviewed and last approved (M26, M20). Reviews count by humans other than the author (M29), not after
/// the merge. The first review is the first one outside of a draft; a review of a draft is early feedback. Ready is creation when it was
/// never a draft; else the last time it became ready before the first review; else the last time it became ready at all. A pull request
/// opened for review and made a draft later was ready at its creation, too. One that still is a draft has no ready time, nor has one
/// that was merged as such.
/// </summary>
/// <param name="IsReviewed">By anyone, also as a draft only: then it was not merged without a review.</param>
internal sealed record ReviewTimes(DateTimeOffset? ReadyAt, DateTimeOffset? FirstReviewAt, DateTimeOffset? ApprovedAt, bool IsReviewed)
{
    public static readonly ReviewTimes None = new(null, null, null, IsReviewed: false);

    public static ReviewTimes Of(PullRequestFacts pull)
    {
        var turns = TurnsOf(pull);
        var isReviewed = false;
        DateTimeOffset? firstReviewAt = null, approvedAt = null;
        foreach (var review in pull.Reviews)
        {
            if (!review.IsHuman || review.AuthorAccountId == pull.AuthorAccountId || review.SubmittedAt > pull.MergedAt) continue;
            isReviewed = true;
            if (!IsDraftAt(turns, review.SubmittedAt) && (firstReviewAt is null || review.SubmittedAt < firstReviewAt)) firstReviewAt = review.SubmittedAt;
            if (review.State == ReviewState.Approved && (approvedAt is null || review.SubmittedAt > approvedAt)) approvedAt = review.SubmittedAt;
        }
        return new(Ready(pull, turns, firstReviewAt), firstReviewAt, approvedAt, isReviewed);
    }

    private static DateTimeOffset? Ready(PullRequestFacts pull, List<Turn> turns, DateTimeOffset? firstReviewAt)
    {
        if (pull.IsDraft) return null;
        var ready = turns.FindAll(turn => !turn.IsDraft);
        return ready.FindLast(turn => turn.At <= firstReviewAt)?.At ?? ready.LastOrDefault()?.At;
    }

    // Whatever comes first tells what it was before: who is made ready was a draft, who is made a draft was none.
    private static List<Turn> TurnsOf(PullRequestFacts pull)
    {
        List<Turn> turns =
        [
            .. pull.ReadyForReviewAt.Select(at => new Turn(at, IsDraft: false)).Concat(pull.ConvertedToDraftAt.Select(at => new Turn(at, IsDraft: true)))
                .OrderBy(turn => turn.At).ThenByDescending(turn => turn.IsDraft),
        ];
        return [new Turn(pull.CreatedAt, turns.Count > 0 ? !turns[0].IsDraft : pull.IsDraft), .. turns];
    }

    private static bool IsDraftAt(List<Turn> turns, DateTimeOffset at) => (turns.FindLast(turn => turn.At <= at) ?? turns[0]).IsDraft;

    /// <summary>It became a draft, or ready.</summary>
    private sealed record Turn(DateTimeOffset At, bool IsDraft);
}
