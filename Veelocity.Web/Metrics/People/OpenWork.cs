using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Development;

namespace Veelocity.Web.Metrics.People;

/// <summary>What is being worked on now, whatever the period: open pull requests by people, and started issues. The oldest first.</summary>
public sealed class OpenWork(VeelocityDb db, Rosters rosters)
{
    /// <param name="PersonId">Who wrote it or is assigned to it; null when unknown.</param>
    /// <param name="Since">Since when it is open, or started.</param>
    public sealed record Item(Guid Id, string Title, string Context, string Url, Guid? PersonId, string? Person, DateTimeOffset Since, string State);

    public sealed record List(IReadOnlyList<Item> Items, long Total);

    public const string Draft = "draft", Waiting = "waits for review", InReview = "in review", Approved = "approved";

    public async Task<List> PullsAsync(WorkScope scope, int most, CancellationToken cancellation)
    {
        var filter = scope.Filter;
        var accounts = await rosters.AccountsAsync(scope, cancellation);
        return await ListAsync(db.Database.SqlQuery<Item>($"""
            SELECT p.id, p.title, r.full_name || ' #' || p.number AS context, p.url, a.person_id, COALESCE(n.name, a.login) AS person, p.created_at AS since,
                   CASE WHEN p.is_draft THEN {Draft} WHEN p.approved_at IS NOT NULL THEN {Approved} WHEN p.first_review_at IS NOT NULL THEN {InReview} ELSE {Waiting} END AS state
            FROM pull_requests p
            JOIN repositories r ON r.id = p.repository_id
            LEFT JOIN accounts a ON a.id = p.author_account_id
            LEFT JOIN people n ON n.id = a.person_id
            WHERE p.organization_id = {filter.OrganizationId} AND p.state = 'open' AND r.left_at IS NULL AND a.is_bot IS NOT TRUE
              AND ({filter.RepositoryId}::uuid IS NULL OR p.repository_id = {filter.RepositoryId})
              AND ({accounts}::uuid[] IS NULL OR p.author_account_id = ANY ({accounts}))
            """), most, cancellation);
    }

    public async Task<List> IssuesAsync(WorkScope scope, int most, CancellationToken cancellation)
    {
        var filter = scope.Filter;
        var accounts = await rosters.AccountsAsync(scope, cancellation);
        return await ListAsync(db.Database.SqlQuery<Item>($"""
            SELECT i.id, i.title, i.identifier AS context, i.url, a.person_id, COALESCE(n.name, a.name, a.login) AS person,
                   COALESCE(i.first_started_at, i.started_at, i.created_at) AS since, i.state_name AS state
            FROM issues i
            LEFT JOIN accounts a ON a.id = i.assignee_account_id
            LEFT JOIN people n ON n.id = a.person_id
            WHERE i.organization_id = {filter.OrganizationId} AND i.state_type = 'started' AND NOT i.is_trashed AND i.archived_at IS NULL
              AND ({filter.RepositoryId}::uuid IS NULL OR EXISTS (
                    SELECT FROM issue_links l JOIN pull_requests p ON p.id = l.pull_request_id
                    WHERE l.issue_id = i.id AND l.refused_at IS NULL AND p.repository_id = {filter.RepositoryId}))
              AND ({accounts}::uuid[] IS NULL OR i.assignee_account_id = ANY ({accounts}))
            """), most, cancellation);
    }

    private static async Task<List> ListAsync(IQueryable<Item> items, int most, CancellationToken cancellation) =>
        new(await items.OrderBy(item => item.Since).ThenBy(item => item.Id).Take(most).ToListAsync(cancellation), await items.LongCountAsync(cancellation));
}
