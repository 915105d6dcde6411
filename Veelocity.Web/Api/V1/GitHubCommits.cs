using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Commits of default branches and of what was released from other branches.</summary>
internal static class GitHubCommits
{
    public static void MapGitHubCommits(this RouteGroupBuilder github) =>
        github.MapGet("/commits", ListAsync).WithExample(new Page<CommitAnswer>([CommitAnswer.Example], 1, 50, 1))
            .WithSummary("Commits, newest first; since is about the commit's date");

    private static Task<Page<CommitAnswer>> ListAsync(
        [AsParameters] AuthoredQuery query, [AsParameters] Paging paging, VeelocityDb db, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.Commits.AsNoTracking()
                .Where(c => query.RepoId == null || c.RepositoryId == query.RepoId)
                .Where(c => query.From == null || c.CommittedAt >= query.From)
                .Where(c => query.LoginPattern == null || query.AccountsIn(db).Contains(c.AuthorAccountId))
                .OrderByDescending(c => c.CommittedAt).ThenBy(c => c.RepositoryId).ThenBy(c => c.Sha)
                .Select(c => new CommitAnswer(
                    c.RepositoryId, db.Repositories.First(r => r.Id == c.RepositoryId).FullName, c.Sha, c.Headline, c.AuthoredAt, c.CommittedAt,
                    c.ParentShas, db.Accounts.First(a => a.Id == c.AuthorAccountId).Login, c.AuthorName)),
            cancellation);
}

/// <param name="Author">A login; null when the author's email belongs to no account.</param>
/// <param name="AuthorName">As written in the commit.</param>
internal sealed record CommitAnswer(
    Guid RepoId, string Repo, string Sha, string Headline, DateTimeOffset AuthoredAt, DateTimeOffset CommittedAt,
    IReadOnlyList<string> ParentShas, string? Author, string? AuthorName)
{
    public static readonly CommitAnswer Example = new(
        RepoAnswer.ExampleId, "acme/web", "1f7a7a472abf3dd9643fd615f6da379c4acb3e3a", "Show totals in the cart (#412)",
        RepoAnswer.ExampleAt.AddHours(-26), RepoAnswer.ExampleAt, ["6dcb09b5b57875f334f61aebed695e2e4193db5e"], "ada", "Ada Lovelace");
}
