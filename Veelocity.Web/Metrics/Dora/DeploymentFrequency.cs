using Veelocity.Web.Metrics.Columns;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// How often is something released to production? Releases (M12: consecutive successes with one commit are one) ÷ elapsed days
/// (M5, M18). A true 0 when nothing was deployed (M3). Only successes count; failed deployments stand beside (M9).
/// Source: the deployments that Linking derived from each service's one deployment source (M8).
/// </summary>
public sealed class DeploymentFrequency(MetricColumns columns, FirstData firstData, TeamGroups teams)
{
    /// <param name="Total">Releases in the period.</param>
    /// <param name="DaysWithDeployments">Days, in the organization's time zone, with at least one release.</param>
    /// <param name="Failed">Deployments that failed; not in the total.</param>
    /// <param name="PerDay">Null when no repository existed yet (M5).</param>
    /// <param name="Previous">Releases a day in the previous period.</param>
    public sealed record Answer(
        long Total, double? PerDay, long DaysWithDeployments, long Failed, Band? Band, long PreviousTotal, double? Previous, Trend Trend)
    {
        public double? PerWeek => PerDay * 7;
    }

    public sealed record Group(string Key, string Label, DateOnly? Start, long Count, long Failed, bool IsPartial);

    public async Task<Answer> AskAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        var first = await firstData.AskAsync(filter, cancellation);
        var previous = period.Previous();
        var (now, before) = (rows.Tally(period.Span), rows.Tally(previous.Span));
        var days = rows.Tally(period.DaySpans()).LongCount(day => day.Releases > 0);
        var perDay = now.Releases / period.ElapsedDays(first);
        var perDayBefore = before.Releases / previous.ElapsedDays(first);
        return new Answer(
            now.Releases, perDay, days, now.Failed, Bands.OfFrequency(perDay, now.Releases),
            before.Releases, perDayBefore, Trend.Of(perDay, now.Releases, perDayBefore, before.Releases));
    }

    /// <summary>Releases by day, week or month; empty buckets are a true 0.</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(Period period, Filter filter, Grouping grouping, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        var buckets = period.Buckets(grouping);
        return [.. buckets.Zip(rows.Tally([.. buckets.Select(bucket => bucket.Span)]), (bucket, tally) =>
            new Group(bucket.Key, bucket.Key, bucket.Start, tally.Releases, tally.Failed, bucket.IsPartial))];
    }

    /// <summary>Releases by repository, most first.</summary>
    public async Task<IReadOnlyList<Group>> ByRepositoryAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        return [.. rows.Repositories
            .Select(repository => GroupOf(repository.Id, repository.Name, repository.Tally(period.Span)))
            .Where(group => group.Count + group.Failed > 0)
            .OrderByDescending(group => group.Count).ThenBy(group => group.Label, StringComparer.Ordinal)];
    }

    /// <summary>Releases by team, in the order of their names: never a ranking (M25).</summary>
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
        return [.. groups.Where(group => group.Count + group.Failed > 0)];
    }

    private static Group GroupOf(Guid id, string name, DeploymentTally tally) =>
        new(id.ToString(), name, null, tally.Releases, tally.Failed, IsPartial: false);
}
