using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Sources;

namespace Veelocity.Web.Linking.Incidents;

/// <summary>
/// Finds the deployment that caused each incident (M22), the first that applies: what a person said; what the incident
/// names; what the fix
/// that ended it rolled back or reverted; the latest deployment of the affected service, or of the mapped environment,
/// that started before
/// it within the organization's window. No rule picks a deployment that started after the incident. A repeat stands
/// for the deployment that
/// it repeats (M12).
/// </summary>
internal sealed class IncidentLinks(VeelocityDb db)
{
    /// <returns>How many incidents are seen otherwise than before.</returns>
    public async Task<int> FindAsync(Guid organizationId, DateTimeOffset now, CancellationToken cancellation)
    {
        var production = await ProductionAsync(organizationId, cancellation);
        var named = await NamedAsync(organizationId, cancellation);
        var (of, places, kinds) = (named.ConvertAll(n => n.Id).ToArray(), named.ConvertAll(n => n.Place).ToArray(),
            named.ConvertAll(n => n.Reference.Kind).ToArray());
        var (keys, repositories) = (named.ConvertAll(n => n.Reference.Key).ToArray(),
            named.ConvertAll(n => n.Reference.Repository ?? "").ToArray());
        var (texts, sure) = (named.ConvertAll(n => n.Reference.Text).ToArray(),
            named.ConvertAll(n => n.Reference.IsSure).ToArray());
        return await db.Database.ExecuteSqlAsync($"""
            WITH settings AS (
                SELECT o.incident_window_hours * 3600.0 AS window_seconds,
                       (SELECT CASE WHEN count(*) = 1 THEN min(s.id::text)::uuid END
                        FROM services s JOIN repositories r ON r.id = s.repository_id
                        WHERE s.organization_id = o.id AND r.left_at IS NULL) AS only_service_id
                FROM organizations o WHERE o.id = {organizationId}
            ),
            affected AS (
                SELECT i.*, i.environment IS NULL OR i.environment = ANY ({production}) AS of_production,
                       COALESCE(i.service_id, CASE WHEN NOT i.names_other THEN settings.only_service_id END) AS affected_service_id,
                       settings.window_seconds
                FROM incidents i, settings
                WHERE i.organization_id = {organizationId} AND i.merged_into_id IS NULL
            ),
            -- Successes, each with the deployment that it is or repeats.
            successes AS NOT MATERIALIZED (
                SELECT d.id, d.service_id, d.repository_id, d.environment, d.is_production, d.sha, d.ref, d.url, d.source_key, d.started_at, d.finished_at,
                       CASE WHEN d.is_release THEN d.id ELSE (
                           SELECT r.id FROM deployments r
                           WHERE r.service_id = d.service_id AND r.is_release AND r.sha = d.sha AND r.finished_at <= d.finished_at
                             AND r.is_production = d.is_production AND (d.is_production OR r.environment = d.environment)
                           ORDER BY r.finished_at DESC LIMIT 1) END AS release_id
                FROM deployments d
                WHERE d.organization_id = {organizationId} AND d.outcome = 'succeeded'
            ),
            refs AS (
                SELECT * FROM unnest({of}, {places}, {kinds}, {keys}, {repositories}, {texts}, {sure})
                    AS n (incident_id, place, kind, key, repository, text, is_sure)
            ),
            matches AS (
                SELECT n.incident_id, n.place, d.id AS deployment_id
                FROM refs n JOIN deployments d ON left(d.sha, 7) = left(n.key, 7) AND starts_with(d.sha, n.key)
                WHERE n.kind = 'commit' AND d.organization_id = {organizationId}
                UNION
                -- Deployed as part of a later commit: with its pull request, or else with the first deployment of a commit that isn't older.
                SELECT n.incident_id, n.place, c.deployment_id
                FROM refs n
                JOIN pull_requests p
                    ON left(p.merge_commit_sha, 7) = left(n.key, 7) AND starts_with(p.merge_commit_sha, n.key)
                JOIN deployed_changes c ON c.pull_request_id = p.id
                WHERE n.kind = 'commit' AND p.organization_id = {organizationId}
                UNION
                SELECT n.incident_id, n.place, c.deployment_id
                FROM refs n
                JOIN pull_requests p ON left(p.head_sha, 7) = left(n.key, 7) AND starts_with(p.head_sha, n.key)
                JOIN deployed_changes c ON c.pull_request_id = p.id
                WHERE n.kind = 'commit' AND p.organization_id = {organizationId}
                UNION
                SELECT n.incident_id, n.place, first.id
                FROM refs n
                JOIN commits k ON left(k.sha, 7) = left(n.key, 7) AND starts_with(k.sha, n.key)
                JOIN LATERAL (
                    SELECT DISTINCT ON (d.service_id) d.id
                    FROM deployments d JOIN commits tip ON tip.repository_id = d.repository_id AND tip.sha = d.sha
                    WHERE d.organization_id = {organizationId} AND d.repository_id = k.repository_id AND d.is_release AND d.is_production
                      AND tip.committed_at >= k.committed_at
                    ORDER BY d.service_id, d.finished_at
                ) first ON TRUE
                WHERE n.kind = 'commit' AND k.organization_id = {organizationId}
                UNION
                SELECT n.incident_id, n.place, d.id
                FROM refs n JOIN deployments d ON CASE n.kind
                    WHEN 'run' THEN d.url = n.key OR starts_with(d.url, n.key || '/')
                    WHEN 'deployment' THEN d.source_key = 'deployment ' || n.key
                    WHEN 'release' THEN d.url = n.text OR d.ref IN (n.key, 'refs/tags/' || n.key)
                    WHEN 'url' THEN d.url = n.key AND NOT EXISTS (
                        SELECT FROM deployments e WHERE e.organization_id = d.organization_id AND e.url = d.url AND e.id <> d.id) END
                WHERE n.kind <> 'commit' AND d.organization_id = {organizationId}
            ),
            named AS (
                SELECT n.incident_id, n.place, n.text, n.is_sure, found.release_id
                FROM refs n
                JOIN affected i ON i.id = n.incident_id
                LEFT JOIN LATERAL (
                    SELECT s.release_id
                    FROM matches m
                    JOIN successes s ON s.id = m.deployment_id
                    JOIN repositories r ON r.id = s.repository_id
                    WHERE m.incident_id = n.incident_id AND m.place = n.place AND s.release_id IS NOT NULL AND s.started_at <= i.started_at
                      AND CASE WHEN i.of_production THEN s.is_production ELSE s.environment = i.environment END
                      AND (n.repository = '' OR lower(r.full_name) = lower(n.repository))
                    ORDER BY s.service_id = i.affected_service_id DESC NULLS LAST, s.started_at DESC LIMIT 1
                ) found ON TRUE
            ),
            fixes AS (
                SELECT i.id AS incident_id, d.id, d.started_at, target.id AS target_id
                FROM affected i
                JOIN deployments d ON d.organization_id = i.organization_id AND d.is_release AND d.service_id = i.affected_service_id
                    AND CASE WHEN i.of_production THEN d.is_production ELSE d.environment = i.environment END
                    AND d.started_at > i.started_at AND d.started_at <= i.resolved_at
                LEFT JOIN deployments target ON target.started_at <= i.started_at AND target.id = COALESCE(d.takes_back_id,
                    (SELECT t.id
                     FROM reverts v JOIN deployments t ON t.id = v.reverted_deployment_id
                     WHERE v.deployment_id = d.id
                     ORDER BY t.finished_at DESC LIMIT 1))
                WHERE d.is_rollback
                   OR EXISTS (SELECT FROM reverts v WHERE v.deployment_id = d.id)
                   OR EXISTS (SELECT FROM deployed_changes c JOIN pull_requests p ON p.id = c.pull_request_id
                              WHERE c.deployment_id = d.id AND (p.is_revert OR p.is_hotfix))
            ),
            found AS (
                SELECT i.id, i.link_method AS method_before, i.deployment_id AS before_id, i.of_production, i.affected_service_id,
                       (SELECT n.release_id FROM named n WHERE n.incident_id = i.id AND n.release_id IS NOT NULL ORDER BY n.place LIMIT 1) AS named_id,
                       (SELECT string_agg(n.text, ' ' ORDER BY n.place) FROM named n WHERE n.incident_id = i.id AND n.release_id IS NULL AND n.is_sure) AS unlinked,
                       fix.id AS fix_id, fix.target_id AS remedied_id, latest.release_id AS window_id, latest.gap,
                       CASE WHEN latest.gap < i.window_seconds THEN latest.release_id END AS latest_id
                FROM affected i
                LEFT JOIN LATERAL (
                    SELECT f.id, f.target_id FROM fixes f WHERE f.incident_id = i.id
                    ORDER BY (f.target_id IS NOT NULL) DESC, f.started_at DESC LIMIT 1
                ) fix ON TRUE
                LEFT JOIN LATERAL (
                    SELECT s.release_id, extract(epoch FROM i.started_at - s.started_at)::float8 AS gap
                    FROM successes s
                    WHERE s.release_id IS NOT NULL AND s.started_at < i.started_at
                      AND CASE WHEN i.environment IS NULL OR (i.of_production AND NOT EXISTS (
                                   SELECT FROM deployments e WHERE e.organization_id = i.organization_id AND e.environment = i.environment))
                               THEN s.is_production ELSE s.environment = i.environment END
                      AND (i.affected_service_id IS NULL OR s.service_id = i.affected_service_id)
                    ORDER BY s.started_at DESC, s.finished_at DESC LIMIT 1
                ) latest ON i.affected_service_id IS NOT NULL OR (i.environment IS NOT NULL AND NOT i.names_other)
            ),
            chosen AS (
                SELECT id, fix_id, of_production, unlinked, window_id, gap,
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
                UNION ALL
                SELECT i.id, NULL, i.environment IS NULL OR i.environment = ANY ({production}), NULL, NULL, NULL,
                       CASE WHEN i.link_method = 'person' THEN i.deployment_id END, CASE WHEN i.link_method = 'person' THEN 'person' END,
                       CASE WHEN i.link_method = 'person' THEN 1 END
                FROM incidents i WHERE i.organization_id = {organizationId} AND i.merged_into_id IS NOT NULL
            )
            UPDATE incidents i
            SET deployment_id = c.deployment_id, link_method = c.method, link_confidence = c.confidence, fix_deployment_id = c.fix_id,
                is_production = c.of_production, unlinked_causes = c.unlinked, window_deployment_id = c.window_id, window_gap_seconds = c.gap,
                linked_at = CASE WHEN c.method = 'person' OR (i.deployment_id, i.link_method) IS NOT DISTINCT FROM (c.deployment_id, c.method) THEN i.linked_at
                                 WHEN c.deployment_id IS NOT NULL THEN {now} END
            FROM chosen c
            WHERE i.id = c.id
              AND (i.deployment_id, i.link_method, i.fix_deployment_id, i.is_production, i.unlinked_causes, i.window_deployment_id, i.window_gap_seconds)
                  IS DISTINCT FROM (c.deployment_id, c.method, c.fix_id, c.of_production, c.unlinked, c.window_id, c.gap)
            """, cancellation);
    }

    // What deployments went to says it; an environment without any goes by its name (M13).
    private async Task<string[]> ProductionAsync(Guid organizationId, CancellationToken cancellation)
    {
        var names = await db.Incidents.Where(i => i.OrganizationId == organizationId && i.Environment != null)
            .Select(i => i.Environment!).Distinct().ToListAsync(cancellation);
        if (names.Count == 0) return [];
        var known = await db.Deployments.Where(d => d.OrganizationId == organizationId && names.Contains(d.Environment))
            .GroupBy(d => d.Environment)
                .Select(same => new { Name = same.Key, IsProduction = same.Any(d => d.IsProduction) })
                .ToDictionaryAsync(e => e.Name, e => e.IsProduction, cancellation);
        var production = new ProductionNames(await db.Organizations.Where(o => o.Id == organizationId)
            .Select(o => o.ProductionPattern).SingleAsync(cancellation));
        return [.. names
            .Where(name => known.TryGetValue(name, out var isProduction) ? isProduction : production.Matches(name))];
    }

    private async Task<List<(Guid Id, int Place, CauseReferences.Reference Reference)>> NamedAsync(Guid organizationId,
        CancellationToken cancellation)
    {
        var causes = await db.Incidents
            .Where(i => i.OrganizationId == organizationId && i.NamedCause != null && i.MergedIntoId == null)
            .Select(i => new { i.Id, i.NamedCause }).ToListAsync(cancellation);
        return [.. causes
            .SelectMany(c => CauseReferences.Of(c.NamedCause).Index().Select(r => (c.Id, r.Index, r.Item)))];
    }
}
