using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Issues;

/// <summary>
/// Derives an issue's times (M27): first started, completed for good, and delivered with the last of its pull requests. The spans of its states
/// tell; the tracker's own fields stand in where it has none, because what reopening does to them is not known. Canceled, duplicate
/// and binned issues have no end; one that jumped from to-do to done was never started.
/// </summary>
internal sealed class IssueTimes(VeelocityDb db)
{
    public Task<int> FindAsync(Guid organizationId, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"""
            WITH entered AS (
                SELECT s.issue_id, s.state_type, s.started_at,
                       s.state_type IS DISTINCT FROM lag(s.state_type) OVER (PARTITION BY s.issue_id ORDER BY s.started_at, s.ended_at NULLS LAST, s.id) AS is_entry
                FROM issue_state_spans s WHERE s.organization_id = {organizationId}
            ),
            spans AS (
                SELECT issue_id, min(started_at) FILTER (WHERE state_type = 'started') AS started_at,
                       max(started_at) FILTER (WHERE state_type = 'completed' AND is_entry) AS completed_at
                FROM entered GROUP BY issue_id
            ),
            delivered AS (
                SELECT l.issue_id,
                       CASE WHEN bool_or(p.state = 'open') THEN NULL ELSE max(p.merged_at) END AS delivered_at
                FROM issue_links l JOIN pull_requests p ON p.id = l.pull_request_id
                WHERE l.organization_id = {organizationId} AND l.refused_at IS NULL
                GROUP BY l.issue_id
            ),
            times AS (
                SELECT i.id,
                       CASE WHEN s.issue_id IS NULL THEN i.started_at ELSE s.started_at END AS started_at,
                       CASE WHEN i.state_type = 'completed' AND NOT i.is_trashed THEN COALESCE(s.completed_at, i.completed_at) END AS completed_at,
                       CASE WHEN i.state_type NOT IN ('canceled', 'duplicate') AND NOT i.is_trashed THEN d.delivered_at END AS delivered_at
                FROM issues i
                LEFT JOIN spans s ON s.issue_id = i.id
                LEFT JOIN delivered d ON d.issue_id = i.id
                WHERE i.organization_id = {organizationId}
            )
            UPDATE issues i
            SET first_started_at = t.started_at, last_completed_at = t.completed_at, delivered_at = t.delivered_at
            FROM times t
            WHERE i.id = t.id
              AND (i.first_started_at, i.last_completed_at, i.delivered_at) IS DISTINCT FROM (t.started_at, t.completed_at, t.delivered_at)
            """, cancellation);
}
