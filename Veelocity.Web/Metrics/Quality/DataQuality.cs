using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Quality;

/// <summary>
/// How far the numbers can be believed, service by service (M36): what is tied to what, what rests on time rather than on the history, where
/// clocks disagree, and what is an estimate. A service's pull requests are those that its paths cover.
/// Null shares where there is nothing to share (M3). Source: what Linking derived.
/// </summary>
public sealed class DataQuality(VeelocityDb db, TeamScopes scopes, TimeProvider clock)
{
    /// <summary>So long after its merge a pull request may well wait for production.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    /// <param name="Merged">Pull requests by people, merged into the default branch in the period.</param>
    /// <param name="Linked">Of those, in a deployment.</param>
    /// <param name="Waiting">Of those, waiting for less than thirty days.</param>
    /// <param name="Incidents">Started in the period, of this service.</param>
    /// <param name="Deployments">Successful production deployments in the period.</param>
    /// <param name="KnownCommits">Of those, with a commit that the source tells.</param>
    /// <param name="ByTime">Of those, with contents by time because a commit is not in the known history.</param>
    /// <param name="UnlinkedCauses">Incidents that name a commit or an address which matches no deployment before them (M22).</param>
    /// <param name="UnknownReverts">Reverts merged in the period of which nobody knows what they revert; counted for the repository.</param>
    /// <param name="Skewed">Lead times with a stage that came out negative and was set to 0 (M6).</param>
    public sealed record Measures(
        Guid Id, string Name, string Repository, bool IsPart, DeploymentSource Source, bool IsEstimated, DateTimeOffset? LastDeployedAt,
        long Merged, long Linked, long Waiting, long Incidents, long LinkedIncidents, long Deployments, long KnownCommits, long ByTime,
        long Changes, long Skewed, long UnlinkedCauses = 0, long UnknownReverts = 0)
    {
        /// <summary>What linking found doubtful about the source; reported as findings.</summary>
        [JsonIgnore]
        public IReadOnlyList<SourceFinding> SourceFindings { get; init; } = [];

        /// <summary>Merged and tied to nothing, also after long waiting.</summary>
        public long Unlinked => Merged - Linked - Waiting;

        /// <summary>Linked ÷ (merged − waiting); what waits may still be.</summary>
        public double? LinkedShare => Share(Linked, Merged - Waiting);
        public double? LinkedIncidentsShare => Share(LinkedIncidents, Incidents);
        public double? KnownCommitsShare => Share(KnownCommits, Deployments);
        public double? ByTimeShare => Share(ByTime, Deployments);
        public double? SkewedShare => Share(Skewed, Changes);

        private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
    }

    /// <param name="OrphanIncidents">Started in the period and of no known service.</param>
    public sealed record Answer(IReadOnlyList<Measures> Services, long OrphanIncidents);

    /// <summary>Worst first, by how much is wrong.</summary>
    public async Task<Answer> AskAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var asked = await scopes.ServicesAsync(filter, cancellation);
        var rows = await ServicesAsync(period, filter, asked.Ids, cancellation);
        var isOnly = await db.Services.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(s => s.OrganizationId == filter.OrganizationId)
            .Join(db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(r => r.LeftAt == null),
                s => s.RepositoryId, r => r.Id, (s, _) => s.Id)
            .CountAsync(cancellation) == 1;
        var orphans = filter.RepositoryId is null && (asked.Ids is null || asked.WithUnknown)
            ? await db.Incidents.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                .Where(i => i.OrganizationId == filter.OrganizationId && i.LeftOut == null && i.ServiceId == null
                    && i.DeploymentId == null && i.MergedIntoId == null)
                .Where(i => i.NamesOther || !isOnly)
                .Where(i => filter.Environment == null ? i.IsProduction : i.Environment == filter.Environment)
                .LongCountAsync(i => i.StartedAt >= period.From && i.StartedAt < period.To, cancellation)
            : 0;
        return new Answer([.. rows.OrderByDescending(row => QualityFinding.Of(row).Count).ThenBy(row => row.Repository, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase)], orphans);
    }

    private async Task<List<Measures>> ServicesAsync(Period period, Filter filter, Guid[]? services, CancellationToken cancellation)
    {
        var patienceEnds = clock.GetUtcNow() - Patience;
        var rows = await db.Database.SqlQuery<Row>($"""
            WITH contained AS (
                SELECT pull_request_id, service_id, left_out, deployed_at, is_skewed
                FROM deployed_changes
                WHERE organization_id = {filter.OrganizationId}
                  AND ({filter.Environment}::text IS NULL OR deployment_id IN (SELECT id FROM deployments WHERE environment = {filter.Environment}))
                UNION ALL
                SELECT pull_request_id, service_id, left_out, deployed_at, is_skewed
                FROM environment_changes
                WHERE organization_id = {filter.OrganizationId} AND environment = {filter.Environment}
            ),
            merged AS (
                SELECT covered.service_id, count(*) AS merged,
                       count(*) FILTER (WHERE c.service_id IS NOT NULL) AS linked,
                       count(*) FILTER (WHERE c.service_id IS NULL AND p.merged_at > {patienceEnds}) AS waiting
                FROM pull_requests p
                CROSS JOIN LATERAL unnest(p.service_ids) AS covered (service_id)
                JOIN repositories r ON r.id = p.repository_id AND r.default_branch = p.base_branch
                LEFT JOIN contained c ON c.pull_request_id = p.id AND c.service_id = covered.service_id
                WHERE p.organization_id = {filter.OrganizationId} AND p.merged_at >= {period.From} AND p.merged_at < {period.To}
                  AND p.left_out IS NULL
                GROUP BY 1
            ),
            deployed AS (
                SELECT service_id, count(*) AS deployments, count(sha) AS known_commits, count(*) FILTER (WHERE contents = 'time') AS by_time
                FROM deployments
                WHERE organization_id = {filter.OrganizationId} AND outcome = 'succeeded' AND left_out IS NULL
                  AND CASE WHEN {filter.Environment}::text IS NULL THEN is_production ELSE environment = {filter.Environment} END
                  AND finished_at >= {period.From} AND finished_at < {period.To}
                GROUP BY 1
            ),
            changed AS (
                SELECT service_id, count(*) AS changes, count(*) FILTER (WHERE is_skewed) AS skewed
                FROM contained
                WHERE left_out IS NULL AND deployed_at >= {period.From} AND deployed_at < {period.To}
                GROUP BY 1
            ),
            -- An incident that names nothing belongs to the only service (M22).
            only_service AS (
                SELECT CASE WHEN count(*) = 1 THEN min(s.id::text)::uuid END AS id
                FROM services s JOIN repositories r ON r.id = s.repository_id AND r.left_at IS NULL
                WHERE s.organization_id = {filter.OrganizationId}
            ),
            reverted AS (
                SELECT repository_id, count(*) AS unknown_reverts
                FROM reverts
                WHERE organization_id = {filter.OrganizationId} AND reverted_pull_request_id IS NULL AND reverted_sha IS NULL
                  AND merged_at >= {period.From} AND merged_at < {period.To}
                GROUP BY 1
            ),
            broken AS (
                SELECT COALESCE(i.service_id, d.service_id, CASE WHEN NOT i.names_other THEN (SELECT id FROM only_service) END) AS service_id, count(*) AS incidents, count(i.deployment_id) AS linked_incidents,
                       count(*) FILTER (WHERE i.unlinked_causes IS NOT NULL) AS unlinked_causes
                FROM incidents i
                LEFT JOIN deployments d ON d.id = i.deployment_id
                WHERE i.organization_id = {filter.OrganizationId} AND i.left_out IS NULL AND i.started_at >= {period.From} AND i.started_at < {period.To}
                  AND i.link_method IS DISTINCT FROM 'person' AND i.merged_into_id IS NULL
                  AND CASE WHEN {filter.Environment}::text IS NULL THEN i.is_production
                           WHEN i.environment IS NOT NULL THEN i.environment = {filter.Environment}
                           ELSE (d.id IS NULL OR NOT d.is_production OR d.environment = {filter.Environment})
                               AND ({filter.Environment} = 'production' OR EXISTS (
                                   SELECT FROM deployments e WHERE e.organization_id = i.organization_id AND e.environment = {filter.Environment} AND e.is_production)) END
                GROUP BY 1
            )
            SELECT s.id, s.name, r.full_name AS repository, cardinality(s.path_globs) > 0 AS is_part, s.source,
                   (SELECT max(d.finished_at) FROM deployments d WHERE d.service_id = s.id AND d.is_release
                        AND CASE WHEN {filter.Environment}::text IS NULL THEN d.is_production ELSE d.environment = {filter.Environment} END) AS last_deployed_at,
                   COALESCE(m.merged, 0) AS merged, COALESCE(m.linked, 0) AS linked, COALESCE(m.waiting, 0) AS waiting,
                   COALESCE(b.incidents, 0) AS incidents, COALESCE(b.linked_incidents, 0) AS linked_incidents, COALESCE(b.unlinked_causes, 0) AS unlinked_causes,
                   COALESCE(x.deployments, 0) AS deployments, COALESCE(x.known_commits, 0) AS known_commits, COALESCE(x.by_time, 0) AS by_time,
                   COALESCE(c.changes, 0) AS changes, COALESCE(c.skewed, 0) AS skewed, COALESCE(v.unknown_reverts, 0) AS unknown_reverts
            FROM services s
            JOIN repositories r ON r.id = s.repository_id AND r.left_at IS NULL
            LEFT JOIN merged m ON m.service_id = s.id
            LEFT JOIN deployed x ON x.service_id = s.id
            LEFT JOIN changed c ON c.service_id = s.id
            LEFT JOIN broken b ON b.service_id = s.id
            LEFT JOIN reverted v ON v.repository_id = s.repository_id
            WHERE s.organization_id = {filter.OrganizationId}
              AND ({filter.RepositoryId}::uuid IS NULL OR s.repository_id = {filter.RepositoryId})
              AND ({services}::uuid[] IS NULL OR s.id = ANY ({services}))
            """).ToListAsync(cancellation);
        var found = (await db.SourceFindings.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(f => f.OrganizationId == filter.OrganizationId).OrderByDescending(f => f.Count).ThenBy(f => f.Subject).ToListAsync(cancellation))
            .ToLookup(f => f.ServiceId);
        return rows.ConvertAll(row =>
        {
            var source = SnakeCaseEnum<DeploymentSource>.FromText(row.Source);
            return new Measures(
                row.Id, row.Name, row.Repository, row.IsPart, source, source == DeploymentSource.MergedPullRequests, row.LastDeployedAt,
                row.Merged, row.Linked, row.Waiting, row.Incidents, row.LinkedIncidents, row.Deployments,
                    row.KnownCommits, row.ByTime, row.Changes, row.Skewed, row.UnlinkedCauses, row.UnknownReverts)
            {
                SourceFindings = [.. found[row.Id]],
            };
        });
    }

    private sealed record Row(
        Guid Id, string Name, string Repository, bool IsPart, string Source, DateTimeOffset? LastDeployedAt, long Merged, long Linked, long Waiting,
        long Incidents, long LinkedIncidents, long Deployments, long KnownCommits, long ByTime, long Changes,
            long Skewed, long UnlinkedCauses, long UnknownReverts);
}
