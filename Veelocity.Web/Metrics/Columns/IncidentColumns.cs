using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Columns;

/// <summary>An incident that counts, as the metrics read it.</summary>
/// <param name="ServiceId">What was affected, or else the service of the release that brought it; null when neither is known.</param>
/// <param name="ReleasedAt">When the release that brought it finished; null when none is linked.</param>
internal sealed record IncidentTimes(
    DateTimeOffset StartedAt, DateTimeOffset? ResolvedAt, IncidentSeverity? Severity, Guid? ServiceId, Guid? RepositoryId,
    DateTimeOffset? ReleasedAt, Guid? ReleasedServiceId, Guid? ReleasedRepositoryId, bool HasUnknownEnd,
        IncidentPlace Place);

/// <summary>Where an incident happened (M13, M23).</summary>
/// <param name="Environment">Null where none is known: then it counts as production's.</param>
/// <param name="ReleasedInto">The production environment that the deployment which caused it went to; null
/// when none did.</param>
internal sealed record IncidentPlace(string? Environment, bool IsProduction, string? ReleasedInto)
{
    public const string Production = "production";

    /// <param name="environment">A name; null for production.</param>
    /// <param name="isOfProduction">Whether the name is one of production's.</param>
    public bool IsIn(string? environment, bool isOfProduction) =>
        environment is null ? IsProduction
        : Environment is not null ? Environment == environment
        : isOfProduction && (ReleasedInto is null || ReleasedInto == environment);
}

/// <summary>The incidents that count of an organization, sorted by when they started (see <see cref="Incident"/>).</summary>
internal sealed class IncidentColumns(IncidentTimes[] incidents)
{
    public static readonly IncidentColumns None = new([]);

    private readonly DateTime[] startedAt = [.. incidents.Select(incident => incident.StartedAt.UtcDateTime)];

    public int Count => incidents.Length;

    /// <summary>Those that started in a span of time.</summary>
    public ReadOnlySpan<IncidentTimes> In(Instants span) => incidents.AsSpan(ColumnWindow.Between(startedAt, span.From, span.To));
}
