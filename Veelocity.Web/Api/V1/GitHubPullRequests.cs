using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Pull requests and when each passed its stages.</summary>
internal static class GitHubPullRequests
{
    public static void MapGitHubPullRequests(this RouteGroupBuilder github) =>
        github.MapGet("/pull-requests", ListAsync).WithExample(new Page<PullRequestAnswer>([PullRequestAnswer.Example], 1, 50, 1))
            .WithSummary("Pull requests, the last updated first; since is about the last update");

    private static Task<Page<PullRequestAnswer>> ListAsync(
        [AsParameters] PullRequestQuery query, [AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.PullRequests.AsNoTracking()
                .Where(p => query.RepoId == null || p.RepositoryId == query.RepoId)
                .Where(p => query.Parsed == null || p.State == query.Parsed)
                .Where(p => query.From == null || p.UpdatedAt >= query.From)
                .Where(p => query.LoginPattern == null || query.AccountsIn(db).Contains(p.AuthorAccountId))
                .OrderByDescending(p => p.UpdatedAt).ThenBy(p => p.Id)
                .Select(p => new PullRequestAnswer(
                    p.Id, p.RepositoryId, db.Repositories.First(r => r.Id == p.RepositoryId).FullName, p.Number, p.Title, p.Url, p.State, p.IsDraft,
                    db.Accounts.First(a => a.Id == p.AuthorAccountId).Login, db.Accounts.First(a => a.Id == p.MergedByAccountId).Login,
                    p.CreatedAt, p.UpdatedAt, p.FirstCommitAt, p.ReadyAt, p.FirstReviewAt, p.ApprovedAt, p.MergedAt, p.ClosedAt,
                    p.BaseBranch, p.HeadBranch, p.HeadSha, p.MergeCommitSha, p.Additions, p.Deletions, p.ChangedFiles, p.CommitCount, p.CommentCount,
                    db.Reviews.Count(v => v.PullRequestId == p.Id), p.Labels, p.IsRevert)),
            cancellation);
}

internal sealed record PullRequestQuery : AuthoredQuery
{
    [FromQuery(Name = "state")]
    [AllowedValues(null, "open", "closed", "merged", ErrorMessage = "Choose open, closed (without a merge) or merged.")]
    public string? State { get; init; }

    public PullRequestState? Parsed => State switch
    {
        "open" => PullRequestState.Open,
        "closed" => PullRequestState.Closed,
        "merged" => PullRequestState.Merged,
        _ => null,
    };
}

/// <param name="State">open, closed (without a merge) or merged.</param>
/// <param name="Author">A login; null when the account was deleted.</param>
/// <param name="ReadyAt">When it was ready for review.</param>
/// <param name="FirstReviewAt">First review by a human who is not the author.</param>
internal sealed record PullRequestAnswer(
    Guid Id, Guid RepoId, string Repo, int Number, string Title, string Url, PullRequestState State, bool Draft, string? Author, string? MergedBy,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FirstCommitAt, DateTimeOffset? ReadyAt, DateTimeOffset? FirstReviewAt,
    DateTimeOffset? ApprovedAt, DateTimeOffset? MergedAt, DateTimeOffset? ClosedAt, string BaseBranch, string HeadBranch, string HeadSha,
    string? MergeCommitSha, int Additions, int Deletions, int ChangedFiles, int Commits, int Comments, int Reviews, IReadOnlyList<string> Labels,
    bool Revert)
{
    public static readonly PullRequestAnswer Example = new(
        new Guid("0d1c0f57-9f3a-8c0e-8a0b-6f4c9a7f2f10"), RepoAnswer.ExampleId, "acme/web", 412, "Show totals in the cart", "https://github.com/acme/web/pull/412",
        PullRequestState.Merged, Draft: false, "ada", "grace", RepoAnswer.ExampleAt.AddHours(-20), RepoAnswer.ExampleAt, RepoAnswer.ExampleAt.AddHours(-26),
        RepoAnswer.ExampleAt.AddHours(-20), RepoAnswer.ExampleAt.AddHours(-17), RepoAnswer.ExampleAt.AddHours(-2), RepoAnswer.ExampleAt, RepoAnswer.ExampleAt,
        "main", "cart-totals", "9fceb02d0ae598e95dc970b74767f19372d61af8", "1f7a7a472abf3dd9643fd615f6da379c4acb3e3a", 120, 14, 6, 3, 5, 2, ["feature"], Revert: false);
}
