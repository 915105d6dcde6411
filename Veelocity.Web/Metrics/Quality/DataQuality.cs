using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Quality;

/// <summary>
/// How far the numbers can be believed, service by service (M36): what is tied to what, what rests on time rather than on the history, where
/// clocks disagree, and what is an estimate. Of a repository with several services pull requests are counted for the repository.
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
    /// <param name="UnknownReverts">Reverts merged in the period of which nobody knows what they revert; counted for the repository.</param>
    /// <param name="Skewed">Lead times with a stage that came out negative and was set to 0 (M6).</param>
    public sealed record Measures(
        Guid Id, string Name, string Repository, bool IsPart, DeploymentSource Source, bool IsEstimated, DateTimeOffset? LastDeployedAt,
        long Merged, long Linked, long Waiting, long Incidents, long LinkedIncidents, long Deployments, long KnownCommits, long ByTime,
        long Changes, long Skewed, long UnknownReverts = 0)
    {
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
        var orphans = filter.RepositoryId is null && (asked.Ids is null || asked.WithUnknown)
            ? await db.Incidents.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                .Where(i => i.OrganizationId == filter.OrganizationId && i.LeftOut == null && i.ServiceId == null && i.DeploymentId == null)
                .LongCountAsync(i => i.StartedAt >= period.From && i.StartedAt < period.To, cancellation)
            : 0;
        return new Answer([.. rows.OrderByDescending(row => QualityFinding.Of(row).Count).ThenBy(row => row.Repository, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase)], orphans);
    }

    private async Task<List<Measures>> ServicesAsync(Period period, Filter filter, Guid[]? services, CancellationToken cancellation)
    {
        var patienceEnds = clock.GetUtcNow() - Patience;
        var rows = await db.Database.SqlQuery<Row>($"""
            WITH merged AS (
                SELECT p.repository_id, count(*) AS merged,
                       count(*) FILTER (WHERE EXISTS (SELECT FROM deployed_changes c WHERE c.pull_request_id = p.id)) AS linked,
                       count(*) FILTER (WHERE p.waiting_since > {patienceEnds}) AS waiting
                FROM pull_requests p
                JOIN repositories r ON r.id = p.repository_id AND r.default_branch = p.base_branch
                WHERE p.organization_id = {filter.OrganizationId} AND p.merged_at >= {period.From} AND p.merged_at < {period.To}
                  AND p.left_out IS NULL
                GROUP BY 1
            ),
            deployed AS (
                SELECT service_id, count(*) AS deployments, count(sha) AS known_commits, count(*) FILTER (WHERE contents = 'time') AS by_time
                FROM deployments
                WHERE organization_id = {filter.OrganizationId} AND is_production AND outcome = 'succeeded' AND left_out IS NULL
                  AND finished_at >= {period.From} AND finished_at < {period.To}
                GROUP BY 1
            ),
            changed AS (
                SELECT service_id, count(*) AS changes, count(*) FILTER (WHERE is_skewed) AS skewed
                FROM deployed_changes
                WHERE organization_id = {filter.OrganizationId} AND left_out IS NULL AND deployed_at >= {period.From} AND deployed_at < {period.To}
                GROUP BY 1
            ),
            reverted AS (
                SELECT repository_id, count(*) AS unknown_reverts
                FROM reverts
                WHERE organization_id = {filter.OrganizationId} AND reverted_pull_request_id IS NULL AND reverted_sha IS NULL
                  AND merged_at >= {period.From} AND merged_at < {period.To}
                GROUP BY 1
            ),
            broken AS (
                SELECT COALESCE(i.service_id, d.service_id) AS service_id, count(*) AS incidents, count(i.deployment_id) AS linked_incidents
                FROM incidents i
                LEFT JOIN deployments d ON d.id = i.deployment_id
                WHERE i.organization_id = {filter.OrganizationId} AND i.left_out IS NULL AND i.started_at >= {period.From} AND i.started_at < {period.To}
                  AND i.link_method IS DISTINCT FROM 'person'
                GROUP BY 1
            )
            SELECT s.id, s.name, r.full_name AS repository, cardinality(s.path_globs) > 0 AS is_part, s.source,
                   (SELECT max(d.finished_at) FROM deployments d WHERE d.service_id = s.id AND d.is_production AND d.is_release) AS last_deployed_at,
                   COALESCE(m.merged, 0) AS merged, COALESCE(m.linked, 0) AS linked, COALESCE(m.waiting, 0) AS waiting,
                   COALESCE(b.incidents, 0) AS incidents, COALESCE(b.linked_incidents, 0) AS linked_incidents,
                   COALESCE(x.deployments, 0) AS deployments, COALESCE(x.known_commits, 0) AS known_commits, COALESCE(x.by_time, 0) AS by_time,
                   COALESCE(c.changes, 0) AS changes, COALESCE(c.skewed, 0) AS skewed, COALESCE(v.unknown_reverts, 0) AS unknown_reverts
            FROM services s
            JOIN repositories r ON r.id = s.repository_id AND r.left_at IS NULL
            LEFT JOIN merged m ON m.repository_id = s.repository_id
            LEFT JOIN deployed x ON x.service_id = s.id
            LEFT JOIN changed c ON c.service_id = s.id
            LEFT JOIN broken b ON b.service_id = s.id
            LEFT JOIN reverted v ON v.repository_id = s.repository_id
            WHERE s.organization_id = {filter.OrganizationId}
              AND ({filter.RepositoryId}::uuid IS NULL OR s.repository_id = {filter.RepositoryId})
              AND ({services}::uuid[] IS NULL OR s.id = ANY ({services}))
            """).ToListAsync(cancellation);
        return rows.ConvertAll(row =>
        {
            var source = SnakeCaseEnum<DeploymentSource>.FromText(row.Source);
            return new Measures(
                row.Id, row.Name, row.Repository, row.IsPart, source, source == DeploymentSource.MergedPullRequests, row.LastDeployedAt,
                row.Merged, row.Linked, row.Waiting, row.Incidents, row.LinkedIncidents, row.Deployments, row.KnownCommits, row.ByTime, row.Changes, row.Skewed,
                row.UnknownReverts);
        });
    }

    private sealed record Row(
        Guid Id, string Name, string Repository, bool IsPart, string Source, DateTimeOffset? LastDeployedAt, long Merged, long Linked, long Waiting,
        long Incidents, long LinkedIncidents, long Deployments, long KnownCommits, long ByTime, long Changes, long Skewed,
        long UnknownReverts);
}
