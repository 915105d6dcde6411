using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Columns;

/// <summary>An incident that counts, as the metrics read it.</summary>
/// <param name="ServiceId">What was affected, or else the service of the release that brought it; null when neither is known.</param>
/// <param name="ReleasedAt">When the release that brought it finished; null when none is linked.</param>
internal sealed record IncidentTimes(
    DateTimeOffset StartedAt, DateTimeOffset? ResolvedAt, IncidentSeverity? Severity, Guid? ServiceId, Guid? RepositoryId,
    DateTimeOffset? ReleasedAt, Guid? ReleasedServiceId, Guid? ReleasedRepositoryId);

/// <summary>The incidents that count of an organization, sorted by when they started (see <see cref="Incident"/>).</summary>
internal sealed class IncidentColumns(IncidentTimes[] incidents)
{
    public static readonly IncidentColumns None = new([]);

    private readonly DateTime[] startedAt = [.. incidents.Select(incident => incident.StartedAt.UtcDateTime)];

    public int Count => incidents.Length;

    /// <summary>Those that started in a span of time.</summary>
    public ReadOnlySpan<IncidentTimes> In(Instants span) => incidents.AsSpan(ColumnWindow.Between(startedAt, span.From, span.To));
}
