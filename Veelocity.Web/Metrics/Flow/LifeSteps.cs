using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Flow;

/// <summary>The steps that a pull request and its reviews tell of.</summary>
internal static class LifeSteps
{
    public static IEnumerable<LifeStep> OfPullRequest(PullRequest pull, ChangeFacts facts)
    {
        if (pull.FirstCommitAt < pull.CreatedAt) yield return new LifeStep(LifeStepKind.FirstCommit, pull.FirstCommitAt.Value);
        yield return new LifeStep(LifeStepKind.Opened, pull.CreatedAt, facts.Author, facts.IsBot, WasOpenedAsDraft(pull) ? "as a draft" : null, Url: pull.Url);
        foreach (var at in pull.ConvertedToDraftAt) yield return new LifeStep(LifeStepKind.MadeDraft, at);
        foreach (var at in pull.ReadyForReviewAt) yield return new LifeStep(LifeStepKind.ReadyForReview, at);
        if (pull.MergedAt is { } merged) yield return new LifeStep(LifeStepKind.Merged, merged, Note: $"into {pull.BaseBranch}");
        else if (pull.ClosedAt is { } closed) yield return new LifeStep(LifeStepKind.Closed, closed, Note: "without a merge");
    }

    /// <summary>What does not count as a review (M26, M29) says so.</summary>
    public static LifeStep OfReview(PullRequest pull, Review review, string? login, bool isBot)
    {
        var kind = review.State switch
        {
            ReviewState.Approved => LifeStepKind.Approved,
            ReviewState.ChangesRequested => LifeStepKind.ChangesRequested,
            ReviewState.Dismissed => LifeStepKind.ReviewDismissed,
            _ => LifeStepKind.Commented,
        };
        var note = isBot ? "does not count as a review: a bot"
            : review.AuthorAccountId is { } author && author == pull.AuthorAccountId ? "does not count as a review: the author"
            : review.SubmittedAt > pull.MergedAt ? "after the merge" : null;
        return new LifeStep(kind, review.SubmittedAt, login, isBot, note);
    }

    private static bool WasOpenedAsDraft(PullRequest pull) =>
        pull.ReadyForReviewAt.Length > 0
            ? pull.ConvertedToDraftAt.Length == 0 || pull.ReadyForReviewAt.Min() < pull.ConvertedToDraftAt.Min()
            : pull.IsDraft && pull.ConvertedToDraftAt.Length == 0;
}
