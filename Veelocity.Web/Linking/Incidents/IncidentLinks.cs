using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents;

/// <summary>
/// Finds the release that brought each incident (M22), the first that applies: what a person said; the release that the incident
/// names; the one that its remedy took back, or the one before a hotfix; the latest release of the affected service, or of the named
/// environment, within the organization's window. What is affected and unknown is blamed on nobody, unless there is only one service.
/// </summary>
internal sealed class IncidentLinks(VeelocityDb db)
{
    /// <summary>Finds them anew; answers how many incidents have another link than before.</summary>
    public Task<int> FindAsync(Guid organizationId, DateTimeOffset now, CancellationToken cancellation) =>
        db.Database.ExecuteSqlAsync($"""
            WITH settings AS (
                SELECT make_interval(hours => o.incident_window_hours) AS span,
                       (SELECT CASE WHEN count(*) = 1 THEN min(s.id::text)::uuid END FROM services s WHERE s.organization_id = o.id) AS only_service_id
                FROM organizations o WHERE o.id = {organizationId}
            ),
            affected AS (
                SELECT i.*, COALESCE(i.service_id, CASE WHEN i.environment IS NULL THEN settings.only_service_id END) AS affected_service_id,
                       settings.span
                FROM incidents i, settings
                WHERE i.organization_id = {organizationId}
            ),
            found AS (
                SELECT i.id, i.link_method AS method_before, i.deployment_id AS before_id,
                       named.id AS named_id, remedy.id AS fix_id, COALESCE(remedy.took_back_id, before_remedy.id) AS remedied_id, latest.id AS latest_id,
                       i.affected_service_id
                FROM affected i
                LEFT JOIN LATERAL (
                    SELECT d.id FROM deployments d
                    WHERE d.organization_id = i.organization_id AND d.is_production AND d.is_release
                      AND (d.url = i.named_cause
                           OR (length(i.named_cause) >= 7 AND i.named_cause ~ '^[0-9a-f]+$' AND d.sha >= i.named_cause AND d.sha < i.named_cause || 'g'))
                    ORDER BY d.finished_at DESC LIMIT 1
                ) named ON i.named_cause IS NOT NULL
                LEFT JOIN LATERAL (
                    SELECT d.id, d.service_id,
                           COALESCE(d.takes_back_id,
                               (SELECT t.id
                                FROM reverts v JOIN deployments t ON t.id = v.reverted_deployment_id
                                WHERE v.deployment_id = d.id
                                ORDER BY t.finished_at DESC LIMIT 1)) AS took_back_id
                    FROM deployments d
                    WHERE d.organization_id = i.organization_id AND d.is_production AND d.is_release
                      AND d.service_id = i.affected_service_id
                      AND d.finished_at > i.started_at AND d.finished_at <= COALESCE(i.resolved_at, {now})
                      AND (d.is_rollback
                           OR EXISTS (SELECT FROM reverts v WHERE v.deployment_id = d.id)
                           OR EXISTS (SELECT FROM deployed_changes c JOIN pull_requests p ON p.id = c.pull_request_id
                                      WHERE c.deployment_id = d.id AND (p.is_revert OR p.is_hotfix)))
                    ORDER BY d.finished_at DESC LIMIT 1
                ) remedy ON i.affected_service_id IS NOT NULL
                LEFT JOIN LATERAL (
                    SELECT d.id FROM deployments d
                    WHERE d.service_id = remedy.service_id AND d.is_production AND d.is_release AND NOT d.is_rollback AND d.finished_at <= i.started_at
                    ORDER BY d.finished_at DESC LIMIT 1
                ) before_remedy ON remedy.id IS NOT NULL AND remedy.took_back_id IS NULL
                LEFT JOIN LATERAL (
                    SELECT d.id FROM deployments d
                    WHERE d.organization_id = i.organization_id AND d.is_release
                      AND CASE WHEN i.environment IS NULL THEN d.is_production ELSE d.environment = i.environment END
                      AND (i.affected_service_id IS NULL OR d.service_id = i.affected_service_id)
                      AND d.finished_at <= i.started_at AND d.finished_at > i.started_at - i.span
                    ORDER BY d.finished_at DESC LIMIT 1
                ) latest ON i.affected_service_id IS NOT NULL OR i.environment IS NOT NULL
            ),
            chosen AS (
                SELECT id, fix_id,
                       CASE WHEN method_before = 'person' THEN before_id ELSE COALESCE(named_id, remedied_id, latest_id) END AS deployment_id,
                       CASE WHEN method_before = 'person' THEN 'person'
                            WHEN named_id IS NOT NULL THEN 'named'
                            WHEN remedied_id IS NOT NULL THEN 'remedy'
                            WHEN latest_id IS NOT NULL THEN 'window' END AS method,
                       CASE WHEN method_before = 'person' THEN 1
                            WHEN named_id IS NOT NULL THEN 0.95
                            WHEN remedied_id IS NOT NULL THEN 0.85
                            WHEN latest_id IS NOT NULL THEN CASE WHEN affected_service_id IS NULL THEN 0.4 ELSE 0.6 END END AS confidence
                FROM found
            )
            UPDATE incidents i
            SET deployment_id = c.deployment_id, link_method = c.method, link_confidence = c.confidence, fix_deployment_id = c.fix_id,
                linked_at = CASE WHEN c.method = 'person' THEN i.linked_at WHEN c.deployment_id IS NOT NULL THEN {now} END
            FROM chosen c
            WHERE i.id = c.id
              AND (i.deployment_id, i.link_method, i.fix_deployment_id) IS DISTINCT FROM (c.deployment_id, c.method, c.fix_id)
            """, cancellation);
}
