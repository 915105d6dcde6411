namespace Veelocity.Simulator.Worlds;

/// <summary>What the reviews of a pull request come to, by the last word of each reviewer.</summary>
public static class ReviewDecision
{
    /// <summary>CHANGES_REQUESTED, APPROVED, REVIEW_REQUIRED while somebody is asked, or null.</summary>
    public static string? Of(PullRequest pull)
    {
        var lastWords = pull.Reviews
            .Where(review => review.State is "APPROVED" or "CHANGES_REQUESTED" && review.Author != pull.Author)
            .GroupBy(review => review.Author?.Login)
            .Select(reviews => reviews.Last().State)
            .ToHashSet(StringComparer.Ordinal);
        return lastWords.Contains("CHANGES_REQUESTED") ? "CHANGES_REQUESTED"
            : lastWords.Contains("APPROVED") ? "APPROVED"
            : pull.RequestedReviewers.Count > 0 ? "REVIEW_REQUIRED" : null;
    }
}
