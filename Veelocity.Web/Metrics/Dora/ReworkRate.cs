using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// How much of what is released repairs what was released before? Releases that are unplanned remediation ÷ releases (M24): a
/// rollback, the end of an incident, the revert of something deployed, a hotfix. A fraction between 0 and 1, by the time of the release;
/// null without releases (M3). Source: releases that Linking marked.
/// </summary>
public sealed class ReworkRate(VeelocityDb db)
{
    public sealed record Counts(long Total, long Rework, long Rollbacks, long IncidentFixes, long Reverts, long Hotfixes)
    {
        public double? Value => Total == 0 ? null : (double)Rework / Total;
    }

    public sealed record Answer(Counts Now, Counts Previous, Trend Trend);

    public sealed record Group(string Key, string Label, DateOnly? Start, long Total, long Rework, bool IsPartial)
    {
        public double? Value => Total == 0 ? null : (double)Rework / Total;
    }

    public async Task<Answer> AskAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var now = await CountAsync(period, filter, cancellation);
        var before = await CountAsync(period.Previous(), filter, cancellation);
        return new Answer(now, before, Trend.Of(now.Value, now.Total, before.Value, before.Total));
    }

    /// <summary>By day, week or month of the release; a bucket without releases is a gap (M3).</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(Period period, Filter filter, Grouping grouping, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<TimeRow>($"""
            SELECT date_trunc({grouping.Unit}, finished_at AT TIME ZONE {period.Zone.Id})::date AS start,
                   count(*) AS total, count(rework) AS rework
            FROM deployments
            WHERE organization_id = {filter.OrganizationId} AND is_release
              AND finished_at >= {period.From} AND finished_at < {period.To}
              AND CASE WHEN {filter.Environment}::text IS NULL THEN is_production ELSE environment = {filter.Environment} END
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR service_id = {filter.ServiceId})
            GROUP BY 1
            """).ToDictionaryAsync(row => row.Start, cancellation);
        return [.. period.Buckets(grouping).Select(bucket => rows.TryGetValue(bucket.Start, out var row)
            ? new Group(bucket.Key, bucket.Key, bucket.Start, row.Total, row.Rework, bucket.IsPartial)
            : new Group(bucket.Key, bucket.Key, bucket.Start, 0, 0, bucket.IsPartial))];
    }

    private Task<Counts> CountAsync(Period period, Filter filter, CancellationToken cancellation) =>
        db.Database.SqlQuery<Counts>($"""
            SELECT count(*) AS total,
                   count(rework) AS rework,
                   count(*) FILTER (WHERE rework = 'rollback') AS rollbacks,
                   count(*) FILTER (WHERE rework = 'incident_fix') AS incident_fixes,
                   count(*) FILTER (WHERE rework = 'revert') AS reverts,
                   count(*) FILTER (WHERE rework = 'hotfix') AS hotfixes
            FROM deployments
            WHERE organization_id = {filter.OrganizationId} AND is_release
              AND finished_at >= {period.From} AND finished_at < {period.To}
              AND CASE WHEN {filter.Environment}::text IS NULL THEN is_production ELSE environment = {filter.Environment} END
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR service_id = {filter.ServiceId})
            """).SingleAsync(cancellation);

    private sealed record TimeRow(DateOnly Start, long Total, long Rework);
}
