using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Columns;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// How much of what is released repairs what was released before? Releases that are unplanned remediation ÷ releases (M24): a
/// rollback, the end of an incident, the revert of something deployed, a hotfix. A fraction between 0 and 1, by the time of the release;
/// null without releases (M3). Source: releases that Linking marked.
/// </summary>
public sealed class ReworkRate(MetricColumns columns, TeamGroups teams)
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
        var rows = await columns.OfAsync(filter, cancellation);
        var previous = period.Previous();
        var now = CountsOf(rows.Tally(period.Span));
        var before = CountsOf(rows.Tally(previous.Span));
        return new Answer(now, before, Trend.Of(now.Value, now.Total, before.Value, before.Total));
    }

    /// <summary>By day, week or month of the release; a bucket without releases is a gap (M3).</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(Period period, Filter filter, Grouping grouping, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        var buckets = period.Buckets(grouping);
        return [.. buckets.Zip(rows.Tally([.. buckets.Select(bucket => bucket.Span)]), (bucket, tally) =>
            new Group(bucket.Key, bucket.Key, bucket.Start, tally.Releases, tally.Rework, bucket.IsPartial))];
    }

    /// <summary>By repository, the highest rate first.</summary>
    public async Task<IReadOnlyList<Group>> ByRepositoryAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        return [.. rows.Repositories
            .Select(repository => GroupOf(repository.Id, repository.Name, repository.Tally(period.Span)))
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
            groups.Add(GroupOf(part.Id, part.Name, rows.Tally(period.Span)));
        }
        return [.. groups.Where(group => group.Total > 0)];
    }

    private static Group GroupOf(Guid id, string name, DeploymentTally tally) =>
        new(id.ToString(), name, null, tally.Releases, tally.Rework, IsPartial: false);

    private static Counts CountsOf(DeploymentTally tally) => new(
        tally.Releases, tally.Rework, tally.ReworkOf(Rework.Rollback), tally.ReworkOf(Rework.IncidentFix),
        tally.ReworkOf(Rework.Revert), tally.ReworkOf(Rework.Hotfix));
}
