using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Columns;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// How long does a change take from its first commit to production? For each pull request whose first production deployment (M17)
/// finished in the period: deployment finished − first commit authored (M19), in seconds; the headline is the median (M2).
/// Null when nothing was deployed (M3). Left out, with their reason: bots (M29), reverts (M30), contents of a first known
/// deployment (M16); merged and not deployed yet stands beside (<see cref="WaitingChanges"/>). Source: pull requests that Linking tied to deployments.
/// </summary>
public sealed class LeadTimeForChanges(VeelocityDb db, MetricColumns columns, TeamScopes scopes, TeamGroups teams)
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
        var rows = await columns.OfAsync(filter, cancellation);
        var (now, before) = (PercentilesOf(rows.LeadTimes(period.Span)), PercentilesOf(rows.LeadTimes(period.Previous().Span)));
        return new Answer(now, filter.Working is null ? Bands.OfLeadTime(now.P50, now.Count) : null, before, Trend.Of(now.P50, now.Count, before.P50, before.Count));
    }

    /// <summary>Medians by day, week or month of the deployment; a bucket without deployments is a gap, not a 0 (M3).</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(Period period, Filter filter, Grouping grouping, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        return [.. period.Buckets(grouping).Select(bucket => GroupOf(bucket.Key, bucket.Key, bucket.Start, rows.LeadTimes(bucket.Span), bucket.IsPartial))];
    }

    /// <summary>Medians by repository, slowest first.</summary>
    public async Task<IReadOnlyList<Group>> ByRepositoryAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        using var sample = new Sample();
        return [.. rows.Repositories
            .Select(repository =>
            {
                sample.Clear();
                repository.AddLeadTimes(sample, period.Span);
                return GroupOf(repository.Id.ToString(), repository.Name, null, LeadTimes.Of(sample), isPartial: false);
            })
            .Where(group => group.Count > 0)
            .OrderByDescending(group => group.Median).ThenBy(group => group.Label, StringComparer.Ordinal)];
    }

    /// <summary>Medians by team, in the order of their names: never a ranking (M25). A change counts when the first of the team's services brought it to production.</summary>
    public async Task<IReadOnlyList<Group>> ByTeamAsync(Period period, Filter filter, CancellationToken cancellation) =>
        await ByAsync(await teams.OfAsync(filter, cancellation), period, cancellation);

    /// <summary>By service, in the order of their names.</summary>
    public async Task<IReadOnlyList<Group>> ByServiceAsync(Period period, Filter filter, CancellationToken cancellation) =>
        await ByAsync(await teams.ServicesAsync(filter, cancellation), period, cancellation);

    private async Task<IReadOnlyList<Group>> ByAsync(IReadOnlyList<FilterGroup> parts, Period period, CancellationToken cancellation)
    {
        var groups = new List<Group>();
        foreach (var part in parts)
        {
            var times = (await columns.OfAsync(part.Filter, part.Services, cancellation)).LeadTimes(period.Span);
            if (times.Count > 0) groups.Add(GroupOf(part.Id.ToString(), part.Name, null, times, isPartial: false));
        }
        return groups;
    }

    /// <summary>How many changes took how long; slices without changes are kept, so that the shape is seen.</summary>
    public async Task<IReadOnlyList<Slice>> DistributionAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        using var sample = new Sample();
        rows.AddLeadTimes(sample, period.Span);
        var counts = sample.CountsBetween(Edges);
        return [.. Edges.Select((from, i) => new Slice(from, i + 1 < Edges.Length ? Edges[i + 1] : null, counts[i]))];
    }

    public async Task<Stages> StagesAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var services = await scopes.ServicesAsync(filter, cancellation);
        return filter.Working is { } working
            ? await StagesAsync(working, period, filter, services.Ids, cancellation)
            : await StagesAsync(period, filter, services.Ids, cancellation);
    }

    private Task<Stages> StagesAsync(Period period, Filter filter, Guid[]? services, CancellationToken cancellation) =>
        db.Database.SqlQuery<Stages>($"""
            SELECT count(*) AS count,
                   avg(coding_seconds) AS coding,
                   avg(COALESCE(pickup_seconds, 0)) AS pickup,
                   avg(COALESCE(review_seconds, 0)) AS review,
                   avg(merge_seconds) AS merge,
                   avg(deploy_seconds) AS deploy
            FROM (
                SELECT pull_request_id, organization_id, repository_id, service_id, deployment_id, is_first, deployed_at, left_out, lead_seconds,
                       coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds, is_by_time, is_skewed
                FROM deployed_changes
                WHERE {filter.Environment}::text IS NULL OR deployment_id IN (SELECT id FROM deployments WHERE environment = {filter.Environment})
                UNION ALL
                SELECT pull_request_id, organization_id, repository_id, service_id, deployment_id, TRUE, deployed_at, left_out, lead_seconds,
                       coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds, is_by_time, is_skewed
                FROM environment_changes WHERE environment = {filter.Environment}
            ) c
            WHERE organization_id = {filter.OrganizationId} AND left_out IS NULL
              AND deployed_at >= {period.From} AND deployed_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND CASE WHEN {services}::uuid[] IS NULL THEN c.is_first
                       ELSE c.service_id = ANY ({services}) AND (c.is_first OR NOT EXISTS (
                           SELECT FROM deployed_changes e WHERE e.pull_request_id = c.pull_request_id AND e.service_id = ANY ({services})
                             AND (e.deployed_at, e.service_id) < (c.deployed_at, c.service_id))) END
            """).SingleAsync(cancellation);

    /// <summary>Each stage by the working clock: the stages lie one after the other and end with the deployment.</summary>
    private async Task<Stages> StagesAsync(WorkingTime working, Period period, Filter filter, Guid[]? services, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQuery<StageRow>($"""
            SELECT deployed_at, coding_seconds, COALESCE(pickup_seconds, 0) AS pickup_seconds, COALESCE(review_seconds, 0) AS review_seconds, merge_seconds, deploy_seconds
            FROM (
                SELECT pull_request_id, organization_id, repository_id, service_id, deployment_id, is_first, deployed_at, left_out, lead_seconds,
                       coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds, is_by_time, is_skewed
                FROM deployed_changes
                WHERE {filter.Environment}::text IS NULL OR deployment_id IN (SELECT id FROM deployments WHERE environment = {filter.Environment})
                UNION ALL
                SELECT pull_request_id, organization_id, repository_id, service_id, deployment_id, TRUE, deployed_at, left_out, lead_seconds,
                       coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds, is_by_time, is_skewed
                FROM environment_changes WHERE environment = {filter.Environment}
            ) c
            WHERE organization_id = {filter.OrganizationId} AND left_out IS NULL
              AND deployed_at >= {period.From} AND deployed_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND CASE WHEN {services}::uuid[] IS NULL THEN c.is_first
                       ELSE c.service_id = ANY ({services}) AND (c.is_first OR NOT EXISTS (
                           SELECT FROM deployed_changes e WHERE e.pull_request_id = c.pull_request_id AND e.service_id = ANY ({services})
                             AND (e.deployed_at, e.service_id) < (c.deployed_at, c.service_id))) END
            """).ToListAsync(cancellation);
        if (rows.Count == 0) return new Stages(0, null, null, null, null, null);
        var sums = new double[5];
        foreach (var row in rows)
        {
            var end = row.DeployedAt;
            foreach (var (stage, seconds) in new[] { row.CodingSeconds, row.PickupSeconds, row.ReviewSeconds, row.MergeSeconds, row.DeploySeconds }.Index().Reverse())
            {
                var start = end.AddSeconds(-seconds);
                sums[stage] += working.Seconds(start, end);
                end = start;
            }
        }
        return new Stages(rows.Count, sums[0] / rows.Count, sums[1] / rows.Count, sums[2] / rows.Count, sums[3] / rows.Count, sums[4] / rows.Count);
    }

    /// <summary>Pull requests deployed in the period that have no lead time, by reason (M35).</summary>
    public async Task<IReadOnlyList<LeftOutCount>> LeftOutAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var services = (await scopes.ServicesAsync(filter, cancellation)).Ids;
        var rows = await db.Database.SqlQuery<ReasonRow>($"""
            SELECT left_out AS word, count(*) AS count
            FROM (
                SELECT pull_request_id, organization_id, repository_id, service_id, deployment_id, is_first, deployed_at, left_out, lead_seconds,
                       coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds, is_by_time, is_skewed
                FROM deployed_changes
                WHERE {filter.Environment}::text IS NULL OR deployment_id IN (SELECT id FROM deployments WHERE environment = {filter.Environment})
                UNION ALL
                SELECT pull_request_id, organization_id, repository_id, service_id, deployment_id, TRUE, deployed_at, left_out, lead_seconds,
                       coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds, is_by_time, is_skewed
                FROM environment_changes WHERE environment = {filter.Environment}
            ) c
            WHERE organization_id = {filter.OrganizationId} AND left_out IS NOT NULL
              AND deployed_at >= {period.From} AND deployed_at < {period.To}
              AND ({filter.RepositoryId}::uuid IS NULL OR repository_id = {filter.RepositoryId})
              AND CASE WHEN {services}::uuid[] IS NULL THEN c.is_first
                       ELSE c.service_id = ANY ({services}) AND (c.is_first OR NOT EXISTS (
                           SELECT FROM deployed_changes e WHERE e.pull_request_id = c.pull_request_id AND e.service_id = ANY ({services})
                             AND (e.deployed_at, e.service_id) < (c.deployed_at, c.service_id))) END
            GROUP BY 1
            """).ToListAsync(cancellation);
        return [.. rows.Select(row => new LeftOutCount(SnakeCaseEnum<LeftOut>.FromText(row.Word), row.Count)).OrderBy(row => row.Reason)];
    }

    private static Percentiles PercentilesOf(LeadTimes times) => new(times.Count, times.Mean, times.P50, times.P75, times.P90, times.P95);

    private static Group GroupOf(string key, string label, DateOnly? start, LeadTimes times, bool isPartial) =>
        new(key, label, start, times.Count, times.P50, times.P90, isPartial);

    private sealed record ReasonRow(string Word, long Count);

    private sealed record StageRow(
        DateTimeOffset DeployedAt, double CodingSeconds, double PickupSeconds, double ReviewSeconds, double MergeSeconds, double DeploySeconds);
}
