using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Issues;

/// <summary>
/// Finds which pull requests are work on which issues (M31), each pair by the surest that tells: the tracker keeps the pull request at the
/// issue; its branch, title or description names one. A name counts only when an issue has it, or had it in a team that it left;
/// so <c>UTF-8</c> is none. A mere mention of an issue that was completed before is not work on it. What a person decided is not touched.
/// </summary>
internal sealed class IssueLinks(VeelocityDb db)
{
    public async Task<int> FindAsync(Guid organizationId, IReadOnlyCollection<Guid>? repositoryIds, DateTimeOffset now, CancellationToken cancellation)
    {
        var repositories = repositoryIds?.ToArray();
        await db.Database.ExecuteSqlAsync($"""
            CREATE TEMP TABLE found_issue_links ON COMMIT DROP AS
            WITH pulls AS (
                SELECT id, number, repository_id, named_issues, created_at FROM pull_requests
                WHERE organization_id = {organizationId} AND ({repositories}::uuid[] IS NULL OR repository_id = ANY ({repositories}))
            ),
            names AS (
                SELECT DISTINCT ON (name) name, id
                FROM (
                    SELECT identifier AS name, id, 0 AS age FROM issues WHERE organization_id = {organizationId} AND NOT is_trashed
                    UNION ALL
                    SELECT upper(unnest(previous_identifiers)), id, 1 FROM issues WHERE organization_id = {organizationId} AND NOT is_trashed
                ) known
                ORDER BY name, age, id
            ),
            addresses AS (
                SELECT DISTINCT ON (url) url, id
                FROM (
                    SELECT lower(url) AS url, id, 0 AS age FROM repositories WHERE organization_id = {organizationId}
                    UNION ALL
                    SELECT unnest(former_urls), id, 1 FROM repositories WHERE organization_id = {organizationId}
                ) known
                ORDER BY url, age, id
            ),
            found AS (
                SELECT names.id AS issue_id, p.id AS pull_request_id, split_part(named, ':', 1) AS method
                FROM pulls p CROSS JOIN LATERAL unnest(p.named_issues) named
                JOIN names ON names.name = split_part(named, ':', 2)
                JOIN issues i ON i.id = names.id
                WHERE split_part(named, ':', 3) <> 'mention' OR i.completed_at IS NULL OR i.completed_at >= p.created_at
                UNION ALL
                SELECT a.issue_id, p.id, 'attachment'
                FROM issue_attachments a
                JOIN issues i ON i.id = a.issue_id AND NOT i.is_trashed
                JOIN addresses r ON r.url = substring(a.url FROM '^(.*)/pull/[0-9]+$')
                JOIN pulls p ON p.repository_id = r.id AND p.number = left(substring(a.url FROM '/pull/([0-9]+)$'), 9)::int
                WHERE a.organization_id = {organizationId}
            )
            SELECT DISTINCT ON (issue_id, pull_request_id) issue_id, pull_request_id, method
            FROM found
            ORDER BY issue_id, pull_request_id, array_position(ARRAY['attachment', 'branch', 'title', 'description'], method)
            """, cancellation);
        var gone = await db.Database.ExecuteSqlAsync($"""
            DELETE FROM issue_links l
            WHERE l.organization_id = {organizationId} AND l.decided_at IS NULL
              AND ({repositories}::uuid[] IS NULL OR EXISTS (SELECT FROM pull_requests p WHERE p.id = l.pull_request_id AND p.repository_id = ANY ({repositories})))
              AND NOT EXISTS (SELECT FROM found_issue_links f WHERE f.issue_id = l.issue_id AND f.pull_request_id = l.pull_request_id)
            """, cancellation);
        return gone + await db.Database.ExecuteSqlAsync($"""
            INSERT INTO issue_links AS l (issue_id, pull_request_id, organization_id, method, found_at)
            SELECT f.issue_id, f.pull_request_id, {organizationId}, f.method, {now}
            FROM found_issue_links f
            LEFT JOIN issue_links k ON k.issue_id = f.issue_id AND k.pull_request_id = f.pull_request_id
            WHERE k.issue_id IS NULL OR (k.decided_at IS NULL AND k.method <> f.method)
            ON CONFLICT (issue_id, pull_request_id) DO UPDATE SET method = EXCLUDED.method WHERE l.decided_at IS NULL
            """, cancellation);
    }
}
