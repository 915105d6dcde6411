using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// How long does an incident last? The mean of resolved − started over incidents that started in the period and are resolved (M23), in
/// seconds; the one headline that is a mean, with the median beside it. Beside it the failed deployment recovery time: over those linked
/// to a release, resolved − release finished, split into detect and fix. Null without incidents (M3); open ones are counted apart.
/// Source: incidents, and the releases that Linking tied to them.
/// </summary>
public sealed class TimeToRecovery(VeelocityDb db)
{
    /// <param name="Open">Started in the period and not resolved: not in the value.</param>
    public sealed record Durations(long Count, double? Mean, double? Median, double? P90, long Open);

    /// <summary>Means in seconds over resolved incidents with a release; detect and fix add up to the whole.</summary>
    public sealed record FailedDeployment(long Count, double? Mean, double? Median, double? Detect, double? Fix);

    public sealed record Answer(Durations Now, FailedDeployment FailedDeployment, Band? Band, Durations Previous, Trend Trend);

    public sealed record Group(string Key, string Label, DateOnly? Start, long Count, double? Mean, double? Median, bool IsPartial);

    /// <param name="Severity">Null for incidents without one.</param>
    public sealed record OfSeverity(IncidentSeverity? Severity, long Count, double? Mean, double? Median, long Open);

    public async Task<Answer> AskAsync(Period period, Filter filter, CancellationToken cancellation, IncidentSeverity? severity = null)
    {
        var now = await DurationsAsync(period, filter, severity, cancellation);
        var before = await DurationsAsync(period.Previous(), filter, severity, cancellation);
        var failed = await FailedDeploymentAsync(period, filter, severity, cancellation);
        return new Answer(
            now, failed, Bands.OfRecovery(now.Mean, now.Count), before, Trend.Of(now.Mean, now.Count, before.Mean, before.Count));
    }

    /// <summary>By day, week or month in which the incidents started; a bucket without resolved ones is a gap (M3).</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(
        Period period, Filter filter, Grouping grouping, CancellationToken cancellation, IncidentSeverity? severity = null)
    {
        var word = severity is { } wanted ? SnakeCaseEnum<IncidentSeverity>.ToText(wanted) : null;
        var rows = await db.Database.SqlQuery<TimeRow>($"""
            SELECT date_trunc({grouping.Unit}, i.started_at AT TIME ZONE {period.Zone.Id})::date AS start,
                   count(*) AS count,
                   avg(date_part('epoch', i.resolved_at - i.started_at)) AS mean,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY date_part('epoch', i.resolved_at - i.started_at)) AS median
            FROM incidents i
            LEFT JOIN deployments d ON d.id = i.deployment_id
            LEFT JOIN services s ON s.id = COALESCE(i.service_id, d.service_id)
            WHERE i.organization_id = {filter.OrganizationId} AND i.resolved_at IS NOT NULL
              AND i.started_at >= {period.From} AND i.started_at < {period.To}
              AND ({word}::text IS NULL OR i.severity = {word})
              AND ({filter.RepositoryId}::uuid IS NULL OR s.repository_id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR s.id = {filter.ServiceId})
            GROUP BY 1
            """).ToDictionaryAsync(row => row.Start, cancellation);
        return [.. period.Buckets(grouping).Select(bucket => rows.TryGetValue(bucket.Start, out var row)
            ? new Group(bucket.Key, bucket.Key, bucket.Start, row.Count, row.Mean, row.Median, bucket.IsPartial)
            : new Group(bucket.Key, bucket.Key, bucket.Start, 0, null, null, bucket.IsPartial))];
    }

    /// <summary>By severity, worst first, those without one last.</summary>
    public async Task<IReadOnlyList<OfSeverity>> BySeverityAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<SeverityRow>($"""
            SELECT i.severity,
                   count(i.resolved_at) AS count,
                   avg(date_part('epoch', i.resolved_at - i.started_at)) AS mean,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY date_part('epoch', i.resolved_at - i.started_at)) AS median,
                   count(*) FILTER (WHERE i.resolved_at IS NULL) AS open
            FROM incidents i
            LEFT JOIN deployments d ON d.id = i.deployment_id
            LEFT JOIN services s ON s.id = COALESCE(i.service_id, d.service_id)
            WHERE i.organization_id = {filter.OrganizationId}
              AND i.started_at >= {period.From} AND i.started_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR s.repository_id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR s.id = {filter.ServiceId})
            GROUP BY i.severity
            """).ToListAsync(cancellation);
        return [.. rows
            .Select(row => new OfSeverity(
                row.Severity is { } word ? SnakeCaseEnum<IncidentSeverity>.FromText(word) : null, row.Count, row.Mean, row.Median, row.Open))
            .OrderBy(row => row.Severity ?? (IncidentSeverity)int.MaxValue)];
    }

    private Task<Durations> DurationsAsync(Period period, Filter filter, IncidentSeverity? severity, CancellationToken cancellation)
    {
        var word = severity is { } wanted ? SnakeCaseEnum<IncidentSeverity>.ToText(wanted) : null;
        return db.Database.SqlQuery<Durations>($"""
            SELECT count(i.resolved_at) AS count,
                   avg(date_part('epoch', i.resolved_at - i.started_at)) AS mean,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY date_part('epoch', i.resolved_at - i.started_at)) AS median,
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY date_part('epoch', i.resolved_at - i.started_at)) AS p90,
                   count(*) FILTER (WHERE i.resolved_at IS NULL) AS open
            FROM incidents i
            LEFT JOIN deployments d ON d.id = i.deployment_id
            LEFT JOIN services s ON s.id = COALESCE(i.service_id, d.service_id)
            WHERE i.organization_id = {filter.OrganizationId}
              AND i.started_at >= {period.From} AND i.started_at < {period.To}
              AND ({word}::text IS NULL OR i.severity = {word})
              AND ({filter.RepositoryId}::uuid IS NULL OR s.repository_id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR s.id = {filter.ServiceId})
            """).SingleAsync(cancellation);
    }

    private Task<FailedDeployment> FailedDeploymentAsync(Period period, Filter filter, IncidentSeverity? severity, CancellationToken cancellation)
    {
        var word = severity is { } wanted ? SnakeCaseEnum<IncidentSeverity>.ToText(wanted) : null;
        return db.Database.SqlQuery<FailedDeployment>($"""
            WITH spans AS (
                SELECT GREATEST(0, date_part('epoch', i.started_at - d.finished_at)) AS detect,
                       GREATEST(0, date_part('epoch', i.resolved_at - GREATEST(i.started_at, d.finished_at))) AS fix
                FROM incidents i
                JOIN deployments d ON d.id = i.deployment_id
                WHERE i.organization_id = {filter.OrganizationId} AND i.resolved_at IS NOT NULL
                  AND i.started_at >= {period.From} AND i.started_at < {period.To}
                  AND ({word}::text IS NULL OR i.severity = {word})
                  AND ({filter.RepositoryId}::uuid IS NULL OR d.repository_id = {filter.RepositoryId})
                  AND ({filter.ServiceId}::uuid IS NULL OR d.service_id = {filter.ServiceId})
            )
            SELECT count(*) AS count, avg(detect + fix) AS mean, percentile_cont(0.5) WITHIN GROUP (ORDER BY detect + fix) AS median,
                   avg(detect) AS detect, avg(fix) AS fix
            FROM spans
            """).SingleAsync(cancellation);
    }

    private sealed record TimeRow(DateOnly Start, long Count, double? Mean, double? Median);

    private sealed record SeverityRow(string? Severity, long Count, double? Mean, double? Median, long Open);
}
