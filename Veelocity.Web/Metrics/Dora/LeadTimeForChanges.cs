using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// How long does a change take from its first commit to production? For each pull request whose first production deployment (M17)
/// finished in the period: deployment finished − first commit authored (M19), in seconds; the headline is the median (M2).
/// Null when nothing was deployed (M3). Left out, with their reason: bots (M29), reverts (M30), contents of a first known
/// deployment (M16); merged and not deployed yet stands beside (<see cref="WaitingChanges"/>). Source: pull requests that Linking tied to deployments.
/// </summary>
public sealed class LeadTimeForChanges(VeelocityDb db)
{
    /// <summary>Percentiles in seconds, linearly interpolated over all items of the period; null without items.</summary>
    public sealed record Percentiles(long Count, double? Mean, double? P50, double? P75, double? P90, double? P95);

    public sealed record Answer(Percentiles Value, Band? Band, Percentiles Previous, Trend Trend);

    public sealed record Group(string Key, string Label, DateOnly? Start, long Count, double? Median, double? P90, bool IsPartial);

    /// <param name="From">Seconds, inclusive.</param>
    /// <param name="To">Seconds, exclusive; null for the open end.</param>
    public sealed record Slice(double From, double? To, long Count);

    /// <summary>Mean seconds spent in each stage, over the included pull requests; the means add up to the mean lead time (M20).</summary>
    public sealed record Stages(long Count, double? Coding, double? Pickup, double? Review, double? Merge, double? Deploy);

    public sealed record LeftOutCount(LeftOut Reason, long Count);

    // Hours and days as people think of them: under an hour, under a day, a week, a month.
    private static readonly double[] Edges =
        [0, 3600, 4 * 3600, 8 * 3600, 86_400, 2 * 86_400, 3 * 86_400, 7 * 86_400, 14 * 86_400, 30 * 86_400, 90 * 86_400];

    public async Task<Answer> AskAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var now = await PercentilesAsync(period, filter, cancellation);
        var before = await PercentilesAsync(period.Previous(), filter, cancellation);
        return new Answer(now, Bands.OfLeadTime(now.P50, now.Count), before, Trend.Of(now.P50, now.Count, before.P50, before.Count));
    }

    /// <summary>Medians by day, week or month of the deployment; a bucket without deployments is a gap, not a 0 (M3).</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(Period period, Filter filter, Grouping grouping, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<TimeRow>($"""
            SELECT date_trunc({grouping.Unit}, deployed_at AT TIME ZONE {period.Zone.Id})::date AS start,
                   count(*) AS count,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY lead_seconds) AS median,
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY lead_seconds) AS p90
            FROM deployed_changes
            WHERE organization_id = {filter.OrganizationId} AND left_out IS NULL
              AND deployed_at >= {period.From} AND deployed_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND CASE WHEN {filter.ServiceId}::uuid IS NULL THEN is_first ELSE service_id = {filter.ServiceId} END
            GROUP BY 1
            """).ToDictionaryAsync(row => row.Start, cancellation);
        return [.. period.Buckets(grouping).Select(bucket => rows.TryGetValue(bucket.Start, out var row)
            ? new Group(bucket.Key, bucket.Key, bucket.Start, row.Count, row.Median, row.P90, bucket.IsPartial)
            : new Group(bucket.Key, bucket.Key, bucket.Start, 0, null, null, bucket.IsPartial))];
    }

    /// <summary>Medians by repository, slowest first.</summary>
    public async Task<IReadOnlyList<Group>> ByRepositoryAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<RepositoryRow>($"""
            SELECT r.id, r.full_name AS name,
                   count(*) AS count,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY c.lead_seconds) AS median,
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY c.lead_seconds) AS p90
            FROM deployed_changes c
            JOIN repositories r ON r.id = c.repository_id
            WHERE c.organization_id = {filter.OrganizationId} AND c.left_out IS NULL
              AND c.deployed_at >= {period.From} AND c.deployed_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR c.repository_id = {filter.RepositoryId})
              AND CASE WHEN {filter.ServiceId}::uuid IS NULL THEN c.is_first ELSE c.service_id = {filter.ServiceId} END
            GROUP BY r.id, r.full_name
            ORDER BY median DESC, r.full_name
            """).ToListAsync(cancellation);
        return [.. rows.Select(row => new Group(row.Id.ToString(), row.Name, null, row.Count, row.Median, row.P90, IsPartial: false))];
    }

    /// <summary>How many changes took how long; slices without changes are kept, so that the shape is seen.</summary>
    public async Task<IReadOnlyList<Slice>> DistributionAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var counts = await db.Database.SqlQuery<SliceRow>($"""
            SELECT width_bucket(lead_seconds, {Edges}) AS slice, count(*) AS count
            FROM deployed_changes
            WHERE organization_id = {filter.OrganizationId} AND left_out IS NULL
              AND deployed_at >= {period.From} AND deployed_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND CASE WHEN {filter.ServiceId}::uuid IS NULL THEN is_first ELSE service_id = {filter.ServiceId} END
            GROUP BY 1
            """).ToDictionaryAsync(row => row.Slice, row => row.Count, cancellation);
        return [.. Edges.Select((from, i) =>
            new Slice(from, i + 1 < Edges.Length ? Edges[i + 1] : null, counts.GetValueOrDefault(i + 1)))];
    }

    public Task<Stages> StagesAsync(Period period, Filter filter, CancellationToken cancellation) =>
        db.Database.SqlQuery<Stages>($"""
            SELECT count(*) AS count,
                   avg(coding_seconds) AS coding,
                   avg(COALESCE(pickup_seconds, 0)) AS pickup,
                   avg(COALESCE(review_seconds, 0)) AS review,
                   avg(merge_seconds) AS merge,
                   avg(deploy_seconds) AS deploy
            FROM deployed_changes
            WHERE organization_id = {filter.OrganizationId} AND left_out IS NULL
              AND deployed_at >= {period.From} AND deployed_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND CASE WHEN {filter.ServiceId}::uuid IS NULL THEN is_first ELSE service_id = {filter.ServiceId} END
            """).SingleAsync(cancellation);

    /// <summary>Pull requests deployed in the period that have no lead time, by reason (M35).</summary>
    public async Task<IReadOnlyList<LeftOutCount>> LeftOutAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await db.DeployedChanges.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(c => c.OrganizationId == filter.OrganizationId && c.LeftOut != null)
            .Where(c => c.DeployedAt >= period.From && c.DeployedAt < period.To)
            .Where(c => filter.RepositoryId == null || c.RepositoryId == filter.RepositoryId)
            .Where(c => filter.ServiceId == null ? c.IsFirst : c.ServiceId == filter.ServiceId)
            .GroupBy(c => c.LeftOut!.Value)
            .Select(group => new { Reason = group.Key, Count = group.LongCount() })
            .ToListAsync(cancellation);
        return [.. rows.OrderBy(row => row.Reason).Select(row => new LeftOutCount(row.Reason, row.Count))];
    }

    private Task<Percentiles> PercentilesAsync(Period period, Filter filter, CancellationToken cancellation) =>
        db.Database.SqlQuery<Percentiles>($"""
            SELECT count(*) AS count,
                   avg(lead_seconds) AS mean,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY lead_seconds) AS p50,
                   percentile_cont(0.75) WITHIN GROUP (ORDER BY lead_seconds) AS p75,
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY lead_seconds) AS p90,
                   percentile_cont(0.95) WITHIN GROUP (ORDER BY lead_seconds) AS p95
            FROM deployed_changes
            WHERE organization_id = {filter.OrganizationId} AND left_out IS NULL
              AND deployed_at >= {period.From} AND deployed_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND CASE WHEN {filter.ServiceId}::uuid IS NULL THEN is_first ELSE service_id = {filter.ServiceId} END
            """).SingleAsync(cancellation);

    private sealed record TimeRow(DateOnly Start, long Count, double? Median, double? P90);

    private sealed record RepositoryRow(Guid Id, string Name, long Count, double? Median, double? P90);

    private sealed record SliceRow(int Slice, long Count);
}
