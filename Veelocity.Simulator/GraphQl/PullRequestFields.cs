using GraphQL;
using GraphQL.Utilities;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.GraphQl;

/// <summary>A commit in its place in a pull request.</summary>
internal sealed record PullRequestCommit(PullRequest PullRequest, Commit Commit);

/// <summary>A review that is asked for.</summary>
internal sealed record ReviewRequest(INode Reviewer);

/// <summary>A thread of review comments; only its being there is known.</summary>
internal sealed record ReviewThread;

/// <summary>Pull requests, their reviews and events.</summary>
internal static class PullRequestFields
{
    public static void Define(TypeSettings types)
    {
        types.Of<PullRequest>("PullRequest")
            .Field("id", pull => pull.NodeId)
            .Field("databaseId", pull => pull.Id > int.MaxValue ? null : pull.Id)
            .Field("fullDatabaseId", pull => pull.Id)
            .Field("number", pull => pull.Number)
            .Field("url", Url)
            .Field("title", pull => pull.Title)
            .Field("body", pull => pull.Body ?? "")
            .Field("state", pull => pull.State)
            .Field("closed", pull => pull.ClosedAt is not null)
            .Field("merged", pull => pull.MergedAt is not null)
            .Field("isDraft", pull => pull.IsDraft)
            .Field("createdAt", pull => pull.CreatedAt)
            .Field("publishedAt", pull => pull.CreatedAt)
            .Field("updatedAt", pull => pull.UpdatedAt)
            .Field("closedAt", pull => pull.ClosedAt)
            .Field("mergedAt", pull => pull.MergedAt)
            .Field("author", pull => pull.Author)
            .Field("mergedBy", pull => pull.MergedBy)
            .Field("baseRefName", pull => pull.BaseRef)
            .Field("baseRefOid", pull => pull.BaseSha ?? "")
            .Field("headRefName", pull => pull.HeadRef)
            .Field("headRefOid", pull => pull.Commits.Count == 0 ? "" : pull.Commits[^1].Sha)
            .Field("headRepositoryOwner", pull => pull.HeadOwner is null ? null : pull.Repository.World.FindAccount(pull.HeadOwner))
            .Field("isCrossRepository", pull => pull.IsCrossRepository)
            .Field("mergeCommit", pull => pull.MergeCommit)
            .Field("repository", pull => pull.Repository)
            .Field("additions", pull => pull.Additions)
            .Field("deletions", pull => pull.Deletions)
            .Field("changedFiles", pull => pull.ChangedFiles)
            .Field("totalCommentsCount", pull => pull.Comments.Count + pull.ReviewThreads)
            .Field("reviewDecision", pull => ReviewDecision.Of(pull))
            .Connection("comments", pull => pull.Comments)
            .Connection("files", pull => pull.Files)
            .Connection("labels", pull => pull.Labels)
            .Connection("commits", pull => pull.Commits.ConvertAll(commit => new PullRequestCommit(pull, commit)))
            .Connection("reviewRequests", pull => pull.RequestedReviewers.ConvertAll(reviewer => new ReviewRequest(reviewer)))
            .Connection("reviewThreads", pull => Enumerable.Repeat(new ReviewThread(), pull.ReviewThreads).ToList())
            .Field("reviews", Reviews)
            .Field("timelineItems", Timeline);

        types.Of<PullRequestCommit>("PullRequestCommit")
            .Field("commit", item => item.Commit)
            .Field("pullRequest", item => item.PullRequest)
            .Field("url", (item, context) => $"{Url(item.PullRequest, context)}/commits/{item.Commit.Sha}");
        types.Of<ReviewRequest>("ReviewRequest").Field("requestedReviewer", request => request.Reviewer);
        types.Of<ChangedFile>("PullRequestChangedFile")
            .Field("path", file => file.Path)
            .Field("additions", file => file.Additions)
            .Field("deletions", file => file.Deletions)
            .Field("changeType", _ => "MODIFIED");
        types.Of<ReviewThread>("PullRequestReviewThread").Field("isResolved", _ => true);
        types.Of<Label>("Label").Field("id", label => NodeIds.Of("LA", label.Id)).Field("name", label => label.Name).Field("color", label => label.Color);
        types.Of<Comment>("IssueComment")
            .Field("databaseId", comment => comment.Id > int.MaxValue ? null : comment.Id)
            .Field("author", comment => comment.Author)
            .Field("createdAt", comment => comment.CreatedAt)
            .Field("body", comment => comment.Body);

        types.Of<Review>("PullRequestReview")
            .Field("id", review => review.NodeId)
            .Field("databaseId", review => review.Id > int.MaxValue ? null : review.Id)
            .Field("fullDatabaseId", review => review.Id)
            .Field("author", review => review.Author)
            .Field("body", review => review.Body)
            .Field("state", review => review.State)
            .Field("commit", review => review.CommitSha is null ? null : review.PullRequest.Repository.Commits.GetValueOrDefault(review.CommitSha))
            .Field("createdAt", review => review.CreatedAt)
            .Field("submittedAt", review => review.SubmittedAt)
            .Field("updatedAt", review => review.SubmittedAt ?? review.CreatedAt)
            .Field("pullRequest", review => review.PullRequest)
            .Field("url", (review, context) => $"{Url(review.PullRequest, context)}#pullrequestreview-{review.Id}");

        foreach (var kind in new[] { "closed", "convert_to_draft", "merged", "ready_for_review", "reopened", "review_requested" })
        {
            types.Of<TimelineEvent>(TypeNames.Event(kind))
                .Field("id", happened => happened.NodeId)
                .Field("actor", happened => happened.Actor)
                .Field("createdAt", happened => happened.CreatedAt)
                .Field("requestedReviewer", happened => happened.RequestedReviewer);
        }
    }

    private static string Url(PullRequest pull, IResolveFieldContext context) => $"{GraphCall.Of(context).WebUrl}/{pull.Repository.FullName}/pull/{pull.Number}";

    private static Page Reviews(PullRequest pull, IResolveFieldContext context)
    {
        var states = context.GetArgument<List<string>?>("states");
        var author = context.GetArgument<string?>("author");
        return Page.Of(
            states is null && author is null
                ? pull.Reviews
                : pull.Reviews.FindAll(review => (states?.Contains(review.State, StringComparer.Ordinal) ?? true) && (author is null || review.Author?.Login == author)),
            context);
    }

    private static Page Timeline(PullRequest pull, IResolveFieldContext context)
    {
        var kinds = context.GetArgument<List<string>?>("itemTypes");
        var since = Iso.Parse(context.GetArgument<string?>("since"));
        var found = pull.Timeline.FindAll(happened =>
            (kinds is null || kinds.Contains(happened.Kind + "_event", StringComparer.OrdinalIgnoreCase)) && (since is null || happened.CreatedAt >= since));
        return Page.Of(found, context);
    }
}
