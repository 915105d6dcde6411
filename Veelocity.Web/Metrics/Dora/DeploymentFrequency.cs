using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// How often is something released to production? Releases (M12: consecutive successes with one commit are one) ÷ elapsed days
/// (M5, M18). A true 0 when nothing was deployed (M3). Only successes count; failed deployments stand beside (M9).
/// Source: the deployments that Linking derived from each service's one deployment source (M8).
/// </summary>
public sealed class DeploymentFrequency(VeelocityDb db, FirstData firstData)
{
    /// <param name="Total">Releases in the period.</param>
    /// <param name="DaysWithDeployments">Days, in the organization's time zone, with at least one release.</param>
    /// <param name="Failed">Deployments that failed; not in the total.</param>
    /// <param name="Previous">Releases a day in the previous period.</param>
    public sealed record Answer(
        long Total, double PerDay, long DaysWithDeployments, long Failed, Band? Band, long PreviousTotal, double Previous, Trend Trend)
    {
        public double PerWeek => PerDay * 7;
    }

    public sealed record Group(string Key, string Label, DateOnly? Start, long Count, long Failed, bool IsPartial);

    public async Task<Answer> AskAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var first = await firstData.AskAsync(filter, cancellation);
        var previous = period.Previous();
        var now = await CountAsync(period, filter, cancellation);
        var before = await CountAsync(previous, filter, cancellation);
        var perDay = now.Total / period.ElapsedDays(first);
        var perDayBefore = before.Total / previous.ElapsedDays(first);
        return new Answer(
            now.Total, perDay, now.Days, now.Failed, Bands.OfFrequency(perDay, now.Total),
            before.Total, perDayBefore, Trend.Of(perDay, now.Total, perDayBefore, before.Total));
    }

    /// <summary>Releases by day, week or month; empty buckets are a true 0.</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(Period period, Filter filter, Grouping grouping, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<TimeRow>($"""
            SELECT date_trunc({grouping.Unit}, finished_at AT TIME ZONE {period.Zone.Id})::date AS start,
                   count(*) FILTER (WHERE is_release) AS total,
                   count(*) FILTER (WHERE outcome = 'failed') AS failed
            FROM deployments
            WHERE organization_id = {filter.OrganizationId}
              AND finished_at >= {period.From} AND finished_at < {period.To}
              AND CASE WHEN {filter.Environment}::text IS NULL THEN is_production ELSE environment = {filter.Environment} END
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR service_id = {filter.ServiceId})
            GROUP BY 1
            """).ToDictionaryAsync(row => row.Start, cancellation);
        return [.. period.Buckets(grouping).Select(bucket => rows.TryGetValue(bucket.Start, out var row)
            ? new Group(bucket.Key, bucket.Key, bucket.Start, row.Total, row.Failed, bucket.IsPartial)
            : new Group(bucket.Key, bucket.Key, bucket.Start, 0, 0, bucket.IsPartial))];
    }

    /// <summary>Releases by repository, most first.</summary>
    public async Task<IReadOnlyList<Group>> ByRepositoryAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<RepositoryRow>($"""
            SELECT r.id, r.full_name AS name,
                   count(*) FILTER (WHERE d.is_release) AS total,
                   count(*) FILTER (WHERE d.outcome = 'failed') AS failed
            FROM deployments d
            JOIN repositories r ON r.id = d.repository_id
            WHERE d.organization_id = {filter.OrganizationId}
              AND d.finished_at >= {period.From} AND d.finished_at < {period.To}
              AND CASE WHEN {filter.Environment}::text IS NULL THEN d.is_production ELSE d.environment = {filter.Environment} END
              AND ({filter.RepositoryId}::uuid IS NULL OR d.repository_id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR d.service_id = {filter.ServiceId})
            GROUP BY r.id, r.full_name
            ORDER BY total DESC, r.full_name
            """).ToListAsync(cancellation);
        return [.. rows.Select(row => new Group(row.Id.ToString(), row.Name, null, row.Total, row.Failed, IsPartial: false))];
    }

    private Task<CountRow> CountAsync(Period period, Filter filter, CancellationToken cancellation) =>
        db.Database.SqlQuery<CountRow>($"""
            SELECT count(*) FILTER (WHERE is_release) AS total,
                   count(*) FILTER (WHERE outcome = 'failed') AS failed,
                   count(DISTINCT (finished_at AT TIME ZONE {period.Zone.Id})::date) FILTER (WHERE is_release) AS days
            FROM deployments
            WHERE organization_id = {filter.OrganizationId}
              AND finished_at >= {period.From} AND finished_at < {period.To}
              AND CASE WHEN {filter.Environment}::text IS NULL THEN is_production ELSE environment = {filter.Environment} END
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND ({filter.ServiceId}::uuid IS NULL OR service_id = {filter.ServiceId})
            """).SingleAsync(cancellation);

    private sealed record CountRow(long Total, long Failed, long Days);

    private sealed record TimeRow(DateOnly Start, long Total, long Failed);

    private sealed record RepositoryRow(Guid Id, string Name, long Total, long Failed);
}
