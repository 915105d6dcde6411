using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Metrics.People;

/// <summary>What one person did in a period, newest first: pull requests opened and merged, reviews given, issues started and completed.</summary>
public sealed class DeveloperTimeline(VeelocityDb db, Rosters rosters)
{
    public const string Opened = "opened", Merged = "merged", Reviewed = "reviewed", Started = "started", Completed = "completed";

    /// <param name="Kind">What happened, one of the words above.</param>
    /// <param name="PullRequestId">Null for issues.</param>
    /// <param name="Detail">Of a review, its verdict.</param>
    public sealed record Entry(string Kind, DateTimeOffset At, Guid Id, Guid? PullRequestId, string Title, string Context, string Url, string? Detail);

    public async Task<Page<Entry>> AskAsync(Period period, WorkScope scope, PageRequest page, CancellationToken cancellation)
    {
        var filter = scope.Filter;
        var accounts = await rosters.AccountsAsync(scope, cancellation) ?? [];
        var entries = db.Database.SqlQuery<Entry>($"""
            SELECT {Opened} AS kind, p.created_at AS at, p.id, p.id AS pull_request_id, p.title, r.full_name || ' #' || p.number AS context, p.url, NULL AS detail
            FROM pull_requests p JOIN repositories r ON r.id = p.repository_id
            WHERE p.organization_id = {filter.OrganizationId} AND p.author_account_id = ANY ({accounts}) AND p.created_at >= {period.From} AND p.created_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR p.repository_id = {filter.RepositoryId}) AND r.left_at IS NULL
            UNION ALL
            SELECT {Merged}, p.merged_at, p.id, p.id, p.title, r.full_name || ' #' || p.number, p.url, NULL
            FROM pull_requests p JOIN repositories r ON r.id = p.repository_id
            WHERE p.organization_id = {filter.OrganizationId} AND p.author_account_id = ANY ({accounts}) AND p.merged_at >= {period.From} AND p.merged_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR p.repository_id = {filter.RepositoryId}) AND r.left_at IS NULL
            UNION ALL
            SELECT {Reviewed}, v.submitted_at, p.id, p.id, p.title, r.full_name || ' #' || p.number, p.url, v.state
            FROM reviews v JOIN pull_requests p ON p.id = v.pull_request_id JOIN repositories r ON r.id = p.repository_id
            WHERE v.organization_id = {filter.OrganizationId} AND v.author_account_id = ANY ({accounts}) AND v.submitted_at >= {period.From} AND v.submitted_at < {period.To}
              AND NOT COALESCE(p.author_account_id = ANY ({accounts}), FALSE)
              AND ({filter.RepositoryId}::uuid IS NULL OR p.repository_id = {filter.RepositoryId}) AND r.left_at IS NULL
            UNION ALL
            SELECT e.kind, e.at, i.id, NULL, i.title, i.identifier, i.url, NULL
            FROM issues i CROSS JOIN LATERAL (VALUES ({Started}, i.first_started_at), ({Completed}, i.last_completed_at)) AS e (kind, at)
            WHERE i.organization_id = {filter.OrganizationId} AND i.assignee_account_id = ANY ({accounts}) AND NOT i.is_trashed
              AND e.at >= {period.From} AND e.at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR EXISTS (
                    SELECT FROM issue_links l JOIN pull_requests p ON p.id = l.pull_request_id
                    WHERE l.issue_id = i.id AND l.refused_at IS NULL AND p.repository_id = {filter.RepositoryId}))
            """);
        var total = await entries.LongCountAsync(cancellation);
        var items = await entries.OrderByDescending(e => e.At).ThenBy(e => e.Kind).ThenBy(e => e.Id).Skip(page.Offset).Take(page.PerPage).ToListAsync(cancellation);
        return new Page<Entry>(items, page.Number, page.PerPage, total);
    }
}
