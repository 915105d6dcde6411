using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Who wrote and reviewed: the accounts behind pull requests, reviews and commits.</summary>
internal static class GitHubContributors
{
    public static void MapGitHubContributors(this RouteGroupBuilder github) =>
        github.MapGet("/contributors", ListAsync).WithExample(new Page<ContributorAnswer>([ContributorAnswer.Example], 1, 50, 1))
            .WithSummary("Accounts by what they contributed, most first; since leaves older contributions out, and people whose numbers you may not see are not in it");

    private static Task<Page<ContributorAnswer>> ListAsync(
        [AsParameters] AuthoredQuery query, [AsParameters] Paging paging, CurrentOrganization organization, PeopleSight sight, VeelocityDb db,
        CancellationToken cancellation)
    {
        var (repository, since, login) = (query.RepoId, query.From, query.LoginPattern);
        var (all, own) = (sight.SeesEveryone, sight.Oneself);
        var rows = db.Database.SqlQuery<ContributorAnswer>($"""
            SELECT a.id, a.person_id, a.login, a.name, a.kind,
                   coalesce(p.pulls, 0) AS pull_requests, coalesce(p.merged, 0) AS pull_requests_merged,
                   coalesce(v.reviews, 0) AS reviews, coalesce(c.commits, 0) AS commits,
                   greatest(p.last_at, v.last_at, c.last_at) AS last_contributed_at
            FROM accounts a
            LEFT JOIN (
                SELECT author_account_id AS id, count(*) AS pulls, count(merged_at) AS merged, max(created_at) AS last_at
                FROM pull_requests
                WHERE organization_id = {organization.Id}
                  AND ({repository}::uuid IS NULL OR repository_id = {repository}) AND ({since}::timestamptz IS NULL OR created_at >= {since})
                GROUP BY author_account_id
            ) p USING (id)
            LEFT JOIN (
                SELECT r.author_account_id AS id, count(*) AS reviews, max(r.submitted_at) AS last_at
                FROM reviews r JOIN pull_requests q ON q.id = r.pull_request_id
                WHERE r.organization_id = {organization.Id}
                  AND ({repository}::uuid IS NULL OR q.repository_id = {repository}) AND ({since}::timestamptz IS NULL OR r.submitted_at >= {since})
                GROUP BY r.author_account_id
            ) v USING (id)
            LEFT JOIN (
                SELECT author_account_id AS id, count(*) AS commits, max(committed_at) AS last_at
                FROM commits
                WHERE organization_id = {organization.Id}
                  AND ({repository}::uuid IS NULL OR repository_id = {repository}) AND ({since}::timestamptz IS NULL OR committed_at >= {since})
                GROUP BY author_account_id
            ) c USING (id)
            WHERE a.organization_id = {organization.Id}
              AND ({all} OR a.is_bot OR a.person_id = {own}::uuid)
              AND (p.pulls > 0 OR v.reviews > 0 OR c.commits > 0)
              AND ({login}::text IS NULL OR a.login ILIKE {login})
            """);
        return paging.ReadAsync(
            rows.OrderByDescending(r => r.PullRequests).ThenByDescending(r => r.Commits).ThenByDescending(r => r.Reviews).ThenBy(r => r.Login).ThenBy(r => r.Id),
            cancellation);
    }
}

/// <param name="PersonId">The person behind the account; null until accounts are matched.</param>
/// <param name="Kind">human, bot or mannequin.</param>
internal sealed record ContributorAnswer(
    Guid Id, Guid? PersonId, string Login, string? Name, string Kind, long PullRequests, long PullRequestsMerged, long Reviews, long Commits,
    DateTimeOffset LastContributedAt)
{
    public static readonly ContributorAnswer Example = new(
        new Guid("a3b1a4a2-0a35-8f49-a5c3-0b7f4b7e1c55"), new Guid("c7d0f1c0-53d3-8d0a-9a5e-0f0c8d1a9b21"), "ada", "Ada Lovelace", "human",
        48, 45, 63, 121, RepoAnswer.ExampleAt);
}
