using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// How many releases break something? Production releases with a linked incident, or rolled back, or reverted after being deployed ÷
/// production releases that are not rollbacks (M21), a fraction between 0 and 1, by the time of the release. Null without releases
/// (M3). Releases younger than seven days can still fail: provisional. Source: releases that Linking marked.
/// </summary>
public sealed class ChangeFailureRate(VeelocityDb db, TimeProvider clock)
{
    /// <summary>So long after a release its failure may still come to light.</summary>
    public static readonly TimeSpan ProvisionalSpan = TimeSpan.FromDays(7);

    /// <param name="Provisional">Releases too young to be sure of, failed ones apart.</param>
    public sealed record Counts(long Total, long Failed, long Provisional, long ByIncident, long ByRollback, long ByRevert)
    {
        public double? Value => Total == 0 ? null : (double)Failed / Total;
    }

    public sealed record Answer(Counts Now, Band? Band, Counts Previous, Trend Trend);

    /// <param name="IsProvisional">Some of its releases can still fail.</param>
    public sealed record Group(string Key, string Label, DateOnly? Start, long Total, long Failed, bool IsPartial, bool IsProvisional)
    {
        public double? Value => Total == 0 ? null : (double)Failed / Total;
    }

    public async Task<Answer> AskAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var now = await CountAsync(period, filter, cancellation);
        var before = await CountAsync(period.Previous(), filter, cancellation);
        return new Answer(now, Bands.OfFailureRate(now.Value, now.Total), before, Trend.Of(now.Value, now.Total, before.Value, before.Total));
    }

    /// <summary>By day, week or month of the release; a bucket without releases is a gap (M3).</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(Period period, Filter filter, Grouping grouping, CancellationToken cancellation)
    {
        var sure = clock.GetUtcNow() - ProvisionalSpan;
        var rows = await db.Database.SqlQuery<TimeRow>($"""
            SELECT date_trunc({grouping.Unit}, finished_at AT TIME ZONE {period.Zone.Id})::date AS start,
                   count(*) AS total, count(failed_by) AS failed, bool_or(failed_by IS NULL AND finished_at > {sure}) AS is_provisional
            FROM deployments
            WHERE organization_id = {filter.OrganizationId} AND is_release AND NOT is_rollback
              AND finished_at >= {period.From} AND finished_at < {period.To}
              AND CASE WHEN {filter.Environment}::text IS NULL THEN is_production ELSE environment = {filter.Environment} END
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR service_id = {filter.ServiceId})
            GROUP BY 1
            """).ToDictionaryAsync(row => row.Start, cancellation);
        return [.. period.Buckets(grouping).Select(bucket => rows.TryGetValue(bucket.Start, out var row)
            ? new Group(bucket.Key, bucket.Key, bucket.Start, row.Total, row.Failed, bucket.IsPartial, row.IsProvisional)
            : new Group(bucket.Key, bucket.Key, bucket.Start, 0, 0, bucket.IsPartial, IsProvisional: false))];
    }

    /// <summary>By repository, the highest rate first.</summary>
    public async Task<IReadOnlyList<Group>> ByRepositoryAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var sure = clock.GetUtcNow() - ProvisionalSpan;
        var rows = await db.Database.SqlQuery<RepositoryRow>($"""
            SELECT r.id, r.full_name AS name, count(*) AS total, count(d.failed_by) AS failed,
                   bool_or(d.failed_by IS NULL AND d.finished_at > {sure}) AS is_provisional
            FROM deployments d
            JOIN repositories r ON r.id = d.repository_id
            WHERE d.organization_id = {filter.OrganizationId} AND d.is_release AND NOT d.is_rollback
              AND d.finished_at >= {period.From} AND d.finished_at < {period.To}
              AND CASE WHEN {filter.Environment}::text IS NULL THEN d.is_production ELSE d.environment = {filter.Environment} END
              AND ({filter.RepositoryId}::uuid IS NULL OR d.repository_id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR d.service_id = {filter.ServiceId})
            GROUP BY r.id, r.full_name
            ORDER BY count(d.failed_by)::double precision / count(*) DESC, total DESC, r.full_name
            """).ToListAsync(cancellation);
        return [.. rows.Select(row => new Group(row.Id.ToString(), row.Name, null, row.Total, row.Failed, IsPartial: false, row.IsProvisional))];
    }

    private Task<Counts> CountAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var sure = clock.GetUtcNow() - ProvisionalSpan;
        return db.Database.SqlQuery<Counts>($"""
            SELECT count(*) AS total,
                   count(failed_by) AS failed,
                   count(*) FILTER (WHERE failed_by IS NULL AND finished_at > {sure}) AS provisional,
                   count(*) FILTER (WHERE failed_by = 'incident') AS by_incident,
                   count(*) FILTER (WHERE failed_by = 'rollback') AS by_rollback,
                   count(*) FILTER (WHERE failed_by = 'revert') AS by_revert
            FROM deployments
            WHERE organization_id = {filter.OrganizationId} AND is_release AND NOT is_rollback
              AND finished_at >= {period.From} AND finished_at < {period.To}
              AND CASE WHEN {filter.Environment}::text IS NULL THEN is_production ELSE environment = {filter.Environment} END
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR service_id = {filter.ServiceId})
            """).SingleAsync(cancellation);
    }

    private sealed record TimeRow(DateOnly Start, long Total, long Failed, bool IsProvisional);

    private sealed record RepositoryRow(Guid Id, string Name, long Total, long Failed, bool IsProvisional);
}
