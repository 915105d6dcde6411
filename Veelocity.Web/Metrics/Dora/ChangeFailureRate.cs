using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Columns;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// How many releases break something? Production releases with a linked incident, or rolled back, or reverted after being deployed ÷
/// production releases that are not rollbacks (M21), a fraction between 0 and 1, by the time of the release. Null without releases
/// (M3). Releases younger than seven days can still fail: provisional. Source: releases that Linking marked.
/// </summary>
public sealed class ChangeFailureRate(MetricColumns columns, TeamGroups teams, TimeProvider clock)
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

    // To the minute, so that who asks again soon gets the answer that is known.
    private DateTimeOffset SureUntil => clock.GetUtcNow().ToTheMinute() - ProvisionalSpan;

    public async Task<Answer> AskAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        var previous = period.Previous();
        var now = CountsOf(rows.Tally(period.Span, SureUntil));
        var before = CountsOf(rows.Tally(previous.Span, SureUntil));
        return new Answer(now, Bands.OfFailureRate(now.Value, now.Total), before, Trend.Of(now.Value, now.Total, before.Value, before.Total));
    }

    /// <summary>By day, week or month of the release; a bucket without releases is a gap (M3).</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(Period period, Filter filter, Grouping grouping, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        var buckets = period.Buckets(grouping);
        return [.. buckets.Zip(rows.Tally([.. buckets.Select(bucket => bucket.Span)], SureUntil), (bucket, tally) =>
            GroupOf(bucket.Key, bucket.Key, bucket.Start, tally, bucket.IsPartial))];
    }

    /// <summary>By repository, the highest rate first.</summary>
    public async Task<IReadOnlyList<Group>> ByRepositoryAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        return [.. rows.Repositories
            .Select(repository => GroupOf(repository.Id.ToString(), repository.Name, null, repository.Tally(period.Span, SureUntil), isPartial: false))
            .Where(group => group.Total > 0)
            .OrderByDescending(group => group.Value).ThenByDescending(group => group.Total).ThenBy(group => group.Label, StringComparer.Ordinal)];
    }

    /// <summary>By team, in the order of their names: never a ranking (M25).</summary>
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
            var rows = await columns.OfAsync(part.Filter, part.Services, cancellation);
            groups.Add(GroupOf(part.Id.ToString(), part.Name, null, rows.Tally(period.Span, SureUntil), isPartial: false));
        }
        return [.. groups.Where(group => group.Total > 0)];
    }

    private static Counts CountsOf(DeploymentTally tally) => new(
        tally.Changes, tally.FailedChanges, tally.Provisional,
        tally.FailedBy(ChangeFailure.Incident), tally.FailedBy(ChangeFailure.Rollback), tally.FailedBy(ChangeFailure.Revert));

    private static Group GroupOf(string key, string label, DateOnly? start, DeploymentTally tally, bool isPartial) =>
        new(key, label, start, tally.Changes, tally.FailedChanges, isPartial, tally.Provisional > 0);
}
