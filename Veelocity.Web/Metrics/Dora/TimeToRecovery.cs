using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Columns;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>
/// How long does an incident last? The mean of resolved − started over incidents that started in the period and are resolved (M23), in
/// seconds; the one headline that is a mean, with the median beside it. Beside it the failed deployment recovery time: over those linked
/// to a release, resolved − release finished, split into detect and fix. Null without incidents (M3); open ones are counted apart.
/// Source: incidents, and the releases that Linking tied to them.
/// </summary>
public sealed class TimeToRecovery(MetricColumns columns)
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
        var rows = (await columns.OfAsync(filter.OrganizationId, cancellation)).Incidents;
        var previous = period.Previous();
        var incidents = Of(rows, period.Span, filter, severity);
        var now = DurationsOf(incidents, filter);
        var before = DurationsOf(Of(rows, previous.Span, filter, severity), filter);
        return new Answer(
            now, FailedDeploymentOf(FromReleases(rows, period, filter, severity), filter), filter.Working is null ? Bands.OfRecovery(now.Mean, now.Count) : null, before,
            Trend.Of(now.Mean, now.Count, before.Mean, before.Count));
    }

    /// <summary>By day, week or month in which the incidents started; a bucket without resolved ones is a gap (M3).</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(
        Period period, Filter filter, Grouping grouping, CancellationToken cancellation, IncidentSeverity? severity = null)
    {
        var rows = (await columns.OfAsync(filter.OrganizationId, cancellation)).Incidents;
        return [.. period.Buckets(grouping).Select(bucket =>
        {
            var of = DurationsOf(Of(rows, bucket.Span, filter, severity), filter);
            return new Group(bucket.Key, bucket.Key, bucket.Start, of.Count, of.Mean, of.Median, bucket.IsPartial);
        })];
    }

    /// <summary>By severity, worst first, those without one last.</summary>
    public async Task<IReadOnlyList<OfSeverity>> BySeverityAsync(Period period, Filter filter, CancellationToken cancellation)
    {
        var rows = (await columns.OfAsync(filter.OrganizationId, cancellation)).Incidents;
        return [.. Of(rows, period.Span, filter, severity: null)
            .GroupBy(incident => incident.Severity)
            .OrderBy(same => same.Key ?? (IncidentSeverity)int.MaxValue)
            .Select(same => (Severity: same.Key, Of: DurationsOf([.. same], filter)))
            .Select(each => new OfSeverity(each.Severity, each.Of.Count, each.Of.Mean, each.Of.Median, each.Of.Open))];
    }

    private static List<IncidentTimes> Of(IncidentColumns rows, Instants span, Filter filter, IncidentSeverity? severity)
    {
        var found = new List<IncidentTimes>();
        foreach (var incident in rows.In(span))
        {
            if ((severity is null || incident.Severity == severity)
                && (filter.RepositoryId is null || incident.RepositoryId == filter.RepositoryId)
                && (filter.ServiceId is null || incident.ServiceId == filter.ServiceId)) found.Add(incident);
        }
        return found;
    }

    /// <summary>Those whose release is of what the filter asks for, which need not be what they affected.</summary>
    private static List<IncidentTimes> FromReleases(IncidentColumns rows, Period period, Filter filter, IncidentSeverity? severity) =>
    [
        .. Of(rows, period.Span, new Filter(filter.OrganizationId), severity).Where(incident => incident.ReleasedAt is not null
            && (filter.RepositoryId is null || incident.ReleasedRepositoryId == filter.RepositoryId)
            && (filter.ServiceId is null || incident.ReleasedServiceId == filter.ServiceId)),
    ];

    private static Durations DurationsOf(List<IncidentTimes> incidents, Filter filter)
    {
        using var sample = new Sample();
        foreach (var incident in incidents)
        {
            if (incident.ResolvedAt is { } resolved) sample.Add(filter.Seconds(incident.StartedAt, resolved));
        }
        var found = sample.Percentiles([0.5, 0.9]);
        return new Durations(sample.Count, sample.Mean, found[0], found[1], incidents.Count - sample.Count);
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
