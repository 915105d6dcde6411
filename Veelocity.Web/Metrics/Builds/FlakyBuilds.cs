using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>
/// Which builds say now this, now that? Commits of a workflow that failed and later passed without being changed, with how often and where they
/// failed first, newest first (M32). By the time of the failures. Source: the failures that Linking marked as flaky.
/// </summary>
public sealed class FlakyBuilds(VeelocityDb db, TeamScopes scopes)
{
    /// <param name="Failures">Attempts that failed on the commit before it passed.</param>
    /// <param name="Seconds">Time that they ran.</param>
    /// <param name="Job">The job that failed first most lately; null when not known.</param>
    public sealed record Row(
        string Repository, string Workflow, string Platform, string Sha, string Title, string Url, string? Branch, long Failures, double Seconds, string? Job, string? Step, DateTime LastAt)
    {
        public BuildPlatform For => SnakeCaseEnum<BuildPlatform>.FromText(Platform);
    }

    public async Task<IReadOnlyList<Row>> AskAsync(Period period, Filter filter, BuildPlatform? platform, int most, CancellationToken cancellation)
    {
        var word = platform is { } one ? SnakeCaseEnum<BuildPlatform>.ToText(one) : null;
        var owned = filter.TeamId is { } team ? (await scopes.OfAsync(filter.OrganizationId, team, cancellation)).RepositoryIds.ToArray() : null;
        return await db.Database.SqlQuery<Row>($"""
            SELECT x.full_name AS repository, w.name AS workflow, f.platform, f.head_sha AS sha, f.title, f.url, f.branch, f.failures, f.seconds, f.job, f.step, f.last_at
            FROM (
                SELECT b.repository_id, b.workflow_id, b.platform, r.head_sha, count(*) AS failures, COALESCE(sum(b.duration_seconds), 0) AS seconds,
                       max(b.started_at) AS last_at,
                       (array_agg(r.title ORDER BY b.started_at DESC))[1] AS title,
                       (array_agg(r.url || '/attempts/' || b.attempt ORDER BY b.started_at DESC))[1] AS url,
                       (array_agg(r.head_branch ORDER BY b.started_at DESC))[1] AS branch,
                       (array_agg(b.failed_job ORDER BY b.started_at DESC))[1] AS job,
                       (array_agg(b.failed_step ORDER BY b.started_at DESC))[1] AS step
                FROM builds b
                JOIN workflow_runs r ON r.id = b.run_id
                WHERE b.organization_id = {filter.OrganizationId} AND b.is_flaky
                  AND b.started_at >= {period.From} AND b.started_at < {period.To}
                  AND ({filter.RepositoryId}::uuid IS NULL OR b.repository_id = {filter.RepositoryId})
                  AND ({owned}::uuid[] IS NULL OR b.repository_id = ANY ({owned}))
                  AND ({word}::text IS NULL OR b.platform = {word})
                GROUP BY b.repository_id, b.workflow_id, b.platform, r.head_sha
                ORDER BY max(b.started_at) DESC, r.head_sha
                LIMIT {most}
            ) f
            JOIN repositories x ON x.id = f.repository_id
            JOIN workflows w ON w.id = f.workflow_id
            ORDER BY f.last_at DESC, f.head_sha
            """).ToListAsync(cancellation);
    }
}
