using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Histories;

/// <summary>What reviewers do, in time or late.</summary>
internal static class ReviewChanges
{
    private const int LateDays = 7;

    public static IReadOnlyList<ChangeKind> All { get; } =
        [new("review_pull_request", 8, OnOpen), new("review_late", 4, Late), new("dismiss_review", 2, Dismiss)];

    private static string? OnOpen(Scene scene) => Review(scene, pull => pull.State == "OPEN");

    // On one that is merged, closed or long forgotten: it comes to the front of what changed last.
    private static string? Late(Scene scene) => Review(scene, pull => pull.State != "OPEN" || pull.UpdatedAt < scene.Now.AddDays(-LateDays));

    private static string? Review(Scene scene, Predicate<PullRequest> fits)
    {
        if (scene.Pull(pull => pull.Commits.Count > 0 && fits(pull)) is not { } pull)
            return null;
        var by = scene.Somebody(pull.Author);
        var state = scene.Target.Outcome?.ToUpperInvariant() ?? scene.Dice.Pick(["APPROVED", "APPROVED", "COMMENTED", "CHANGES_REQUESTED"]);
        var review = pull.Add(new Review(pull, 3_000_000_000L + scene.World.NextId(), by, state, scene.Now) { Body = "Seen.", CommitSha = pull.Commits[^1].Sha });
        pull.RequestedReviewers.Remove(by);
        pull.ReviewThreads += state == "APPROVED" ? 0 : 1;
        pull.Touch(scene.Now);
        scene.Tell("pull_request_review", "submitted", pull.Repository, review, by);
        return $"#{pull.Number} ({pull.State.ToLowerInvariant()}) was reviewed: {state}";
    }

    private static string? Dismiss(Scene scene)
    {
        if (scene.Pull(pull => pull.Reviews.Exists(review => Stands(scene, review))) is not { } pull)
            return null;
        var review = scene.Dice.Pick(pull.Reviews.FindAll(review => Stands(scene, review)));
        review.State = "DISMISSED";
        pull.Touch(scene.Now);
        scene.Tell("pull_request_review", "dismissed", pull.Repository, review, scene.Somebody());
        return $"a review of #{pull.Number} was dismissed";
    }

    private static bool Stands(Scene scene, Review review) => review.State is "APPROVED" or "CHANGES_REQUESTED" && scene.IsAsked(review.Id);
}
