using System.Text.Json;
using System.Text.Json.Nodes;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>Pull requests and reviews as REST writes them.</summary>
internal static class PullRequestShapes
{
    /// <summary>A row of the list: without sizes, counts and who merged, as GitHub's.</summary>
    public static object Listed(Exchange at, PullRequest pull) => new
    {
        url = Url(at, pull),
        id = pull.Id,
        node_id = pull.NodeId,
        html_url = Html(at, pull),
        number = pull.Number,
        state = pull.State == "OPEN" ? "open" : "closed",
        locked = false,
        title = pull.Title,
        user = Shapes.AccountOrGhost(at, pull.Author),
        body = pull.Body,
        created_at = Iso.Text(pull.CreatedAt),
        updated_at = Iso.Text(pull.UpdatedAt),
        closed_at = Iso.Text(pull.ClosedAt),
        merged_at = Iso.Text(pull.MergedAt),
        merge_commit_sha = pull.MergeCommit?.Sha,
        assignees = Array.Empty<object>(),
        requested_reviewers = pull.RequestedReviewers.OfType<Account>().Select(account => Shapes.Account(at, account)),
        requested_teams = pull.RequestedReviewers.OfType<Team>().Select(team => new { id = team.Id, node_id = team.NodeId, slug = team.Slug, name = team.Name }),
        labels = pull.Labels.ConvertAll(Label),
        milestone = (object?)null,
        draft = pull.IsDraft,
        head = Branch(at, pull, pull.HeadRef, pull.Commits.Count == 0 ? null : pull.Commits[^1].Sha, pull.HeadOwner),
        @base = Branch(at, pull, pull.BaseRef, pull.BaseSha, pull.Repository.Owner.Login),
        author_association = "MEMBER",
        auto_merge = (object?)null,
    };

    public static JsonObject Whole(Exchange at, PullRequest pull)
    {
        var shape = JsonSerializer.SerializeToNode(Listed(at, pull))!.AsObject();
        shape["merged"] = pull.MergedAt is not null;
        shape["mergeable"] = null;
        shape["merged_by"] = JsonSerializer.SerializeToNode(Shapes.Account(at, pull.MergedBy));
        shape["comments"] = pull.Comments.Count;
        shape["review_comments"] = pull.ReviewThreads;
        shape["commits"] = pull.Commits.Count;
        shape["additions"] = pull.Additions;
        shape["deletions"] = pull.Deletions;
        shape["changed_files"] = pull.ChangedFiles;
        return shape;
    }

    public static object Label(Label label) => new { id = label.Id, name = label.Name, color = label.Color, @default = false, description = "" };

    public static object Review(Exchange at, Review review) => new
    {
        id = review.Id,
        node_id = review.NodeId,
        user = Shapes.Account(at, review.Author),
        body = review.Body,
        state = review.State,
        html_url = $"{Html(at, review.PullRequest)}#pullrequestreview-{review.Id}",
        pull_request_url = Url(at, review.PullRequest),
        submitted_at = Iso.Text(review.SubmittedAt),
        commit_id = review.CommitSha,
        author_association = "MEMBER",
    };

    public static object File(Exchange at, PullRequest pull, ChangedFile file)
    {
        var head = pull.Commits[^1].Sha;
        return new
        {
            sha = head,
            filename = file.Path,
            status = "modified",
            additions = file.Additions,
            deletions = file.Deletions,
            changes = file.Additions + file.Deletions,
            blob_url = $"{at.WebUrl}/{pull.Repository.FullName}/blob/{head}/{file.Path}",
            raw_url = $"{at.WebUrl}/{pull.Repository.FullName}/raw/{head}/{file.Path}",
            contents_url = $"{Shapes.Url(at, pull.Repository)}/contents/{file.Path}?ref={head}",
        };
    }

    private static object Branch(Exchange at, PullRequest pull, string name, string? sha, string? owner) => new
    {
        label = $"{owner ?? "unknown"}:{name}",
        @ref = name,
        sha,
        user = owner is null ? null : Shapes.Account(at, at.World.FindAccount(owner)),
        repo = owner is null ? null : new { id = pull.Repository.Id, name = pull.Repository.Name, full_name = $"{owner}/{pull.Repository.Name}" },
    };

    private static string Url(Exchange at, PullRequest pull) => $"{Shapes.Url(at, pull.Repository)}/pulls/{pull.Number}";

    private static string Html(Exchange at, PullRequest pull) => $"{at.WebUrl}/{pull.Repository.FullName}/pull/{pull.Number}";
}
