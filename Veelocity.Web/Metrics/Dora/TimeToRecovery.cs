using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Columns;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// How long does an incident last? The mean of resolved − started over incidents that started in the period and are resolved (M23), in
/// seconds; the one headline that is a mean, with the median beside it. Beside it the failed deployment recovery time: over those linked
/// to a release, resolved − release finished, split into detect and fix. Null without incidents (M3); open ones are counted apart.
/// Source: incidents, and the releases that Linking tied to them.
/// </summary>
public sealed class TimeToRecovery(MetricColumns columns, TeamGroups teams)
{
    /// <param name="Open">Started in the period and not resolved: not in the value. What ended at an unknown time is in neither.</param>
    public sealed record Durations(long Count, double? Mean, double? Median, double? P90, long Open);

    /// <summary>Means in seconds over resolved incidents with a release; detect and fix add up to the whole.</summary>
    public sealed record FailedDeployment(long Count, double? Mean, double? Median, double? Detect, double? Fix);

    public sealed record Answer(Durations Now, FailedDeployment FailedDeployment, Band? Band, Durations Previous, Trend Trend);

    public sealed record Group(string Key, string Label, DateOnly? Start, long Count, double? Mean, double? Median, bool IsPartial);

    /// <param name="Severity">Null for incidents without one.</param>
    public sealed record OfSeverity(IncidentSeverity? Severity, long Count, double? Mean, double? Median, long Open);

    public async Task<Answer> AskAsync(Period period, Filter filter, CancellationToken cancellation, IncidentSeverity? severity = null)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        var previous = period.Previous();
        var incidents = Of(rows.IncidentsIn(period.Span), severity);
        var now = DurationsOf(incidents, filter);
        var before = DurationsOf(Of(rows.IncidentsIn(previous.Span), severity), filter);
        return new Answer(
            now, FailedDeploymentOf(Of(rows.IncidentsOfReleasesIn(period.Span), severity), filter), filter.Working is null ? Bands.OfRecovery(now.Mean, now.Count) : null, before,
            Trend.Of(now.Mean, now.Count, before.Mean, before.Count));
    }

    /// <summary>By day, week or month in which the incidents started; a bucket without resolved ones is a gap (M3).</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(
        Period period, Filter filter, Grouping grouping, CancellationToken cancellation, IncidentSeverity? severity = null)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        return [.. period.Buckets(grouping).Select(bucket =>
        {
            var of = DurationsOf(Of(rows.IncidentsIn(bucket.Span), severity), filter);
            return new Group(bucket.Key, bucket.Key, bucket.Start, of.Count, of.Mean, of.Median, bucket.IsPartial);
        })];
    }

    /// <summary>By severity, worst first, those without one last.</summary>
    public async Task<IReadOnlyList<OfSeverity>> BySeverityAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        return [.. rows.IncidentsIn(period.Span)
            .GroupBy(incident => incident.Severity)
            .OrderBy(same => same.Key ?? (IncidentSeverity)int.MaxValue)
            .Select(same => (Severity: same.Key, Of: DurationsOf([.. same], filter)))
            .Select(each => new OfSeverity(each.Severity, each.Of.Count, each.Of.Mean, each.Of.Median, each.Of.Open))];
    }

    /// <summary>By repository of what was affected, those that took longest first.</summary>
    public async Task<IReadOnlyList<Group>> ByRepositoryAsync(
        Period period, Filter filter, CancellationToken cancellation, IncidentSeverity? severity = null)
    {
        var rows = await columns.OfAsync(filter, cancellation);
        var incidents = Of(rows.IncidentsIn(period.Span), severity).ToLookup(incident => incident.RepositoryId);
        return [.. rows.Repositories
            .Select(repository => GroupOf(repository.Id, repository.Name, [.. incidents[repository.Id]], filter))
            .Where(group => group.Count > 0)
            .OrderByDescending(group => group.Mean).ThenBy(group => group.Label, StringComparer.Ordinal)];
    }

    /// <summary>By team of what was affected, in the order of their names: never a ranking (M25).</summary>
    public async Task<IReadOnlyList<Group>> ByTeamAsync(
        Period period, Filter filter, CancellationToken cancellation, IncidentSeverity? severity = null) =>
        await ByAsync(await teams.OfAsync(filter, cancellation), period, filter, severity, cancellation);

    /// <summary>By service of what was affected, in the order of their names.</summary>
    public async Task<IReadOnlyList<Group>> ByServiceAsync(
        Period period, Filter filter, CancellationToken cancellation, IncidentSeverity? severity = null) =>
        await ByAsync(await teams.ServicesAsync(filter, cancellation), period, filter, severity, cancellation);

    private async Task<IReadOnlyList<Group>> ByAsync(
        IReadOnlyList<FilterGroup> parts, Period period, Filter filter, IncidentSeverity? severity, CancellationToken cancellation)
    {
        var groups = new List<Group>();
        foreach (var part in parts)
        {
            var rows = await columns.OfAsync(part.Filter, part.Services, cancellation);
            groups.Add(GroupOf(part.Id, part.Name, Of(rows.IncidentsIn(period.Span), severity), filter));
        }
        return [.. groups.Where(group => group.Count > 0)];
    }

    private static List<IncidentTimes> Of(List<IncidentTimes> incidents, IncidentSeverity? severity) =>
        severity is null ? incidents : incidents.FindAll(incident => incident.Severity == severity);

    private static Group GroupOf(Guid id, string name, List<IncidentTimes> incidents, Filter filter)
    {
        var of = DurationsOf(incidents, filter);
        return new Group(id.ToString(), name, null, of.Count, of.Mean, of.Median, IsPartial: false);
    }

    private static Durations DurationsOf(List<IncidentTimes> incidents, Filter filter)
    {
        using var sample = new Sample();
        foreach (var incident in incidents)
        {
            if (incident.ResolvedAt is { } resolved) sample.Add(filter.Seconds(incident.StartedAt, resolved));
        }
        var found = sample.Percentiles([0.5, 0.9]);
        return new Durations(sample.Count, sample.Mean, found[0], found[1],
            incidents.LongCount(i => i.ResolvedAt is null && !i.HasUnknownEnd));
    }

    private static FailedDeployment FailedDeploymentOf(List<IncidentTimes> incidents, Filter filter)
    {
        using Sample whole = new(), detect = new(), fix = new();
        foreach (var incident in incidents)
        {
            if (incident is not { ReleasedAt: { } released, ResolvedAt: { } resolved }) continue;
            // An incident can have begun before the release that it is laid to was through.
            var (noticed, repaired) = (filter.Seconds(released, incident.StartedAt), filter.Seconds(incident.StartedAt > released ? incident.StartedAt : released, resolved));
            detect.Add(noticed);
            fix.Add(repaired);
            whole.Add(noticed + repaired);
        }
        return new FailedDeployment(whole.Count, whole.Mean, whole.Percentile(0.5), detect.Mean, fix.Mean);
    }
}
