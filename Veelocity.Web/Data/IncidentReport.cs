namespace Veelocity.Web.Data;

/// <summary>What a source says of an incident.</summary>
public sealed record IncidentReport(
    string Title, string? Url, IncidentSeverity? Severity, Guid? ServiceId, string? Environment, string? NamedCause,
        DateTimeOffset StartedAt,
    DateTimeOffset? AcknowledgedAt, DateTimeOffset? ResolvedAt, DateTimeOffset LastHeardAt)
{
    /// <summary>When it last started, again if it was reopened.</summary>
    public DateTimeOffset OpenedAt { get; init; } = StartedAt;

    /// <summary>It ended, and nothing says when.</summary>
    public bool HasUnknownEnd { get; init; }

    /// <summary>It names only repositories that no service covers.</summary>
    public bool NamesOther { get; init; }

    /// <summary>
    /// What it has in common with the same incident seen elsewhere: alerts, addresses, numbers, channels, messages.
    /// </summary>
    public string[] References { get; init; } = [];

    public bool IsSameAs(IncidentReport other) =>
        this with { References = [] } == other with { References = [] }
            && References.SequenceEqual(other.References, StringComparer.Ordinal);

    /// <summary>
    /// The same incident, seen in several places (M23): it begins with the first. It has ended when one of them has,
    /// at the last known end,
    /// unless it was reopened after that.
    /// </summary>
    public static IncidentReport Combined(IReadOnlyCollection<IncidentReport> reports, IncidentReport of)
    {
        if (reports.Count == 1) return of;
        var inOrder = reports.OrderBy(r => r.StartedAt).ToList();
        var ended = reports.Max(r => r.ResolvedAt);
        if (reports.Any(r => r.ResolvedAt is null && !r.HasUnknownEnd && r.OpenedAt > ended)) ended = null;
        return of with
        {
            Severity = reports.Min(r => r.Severity),
            ServiceId = of.ServiceId ?? inOrder.Select(r => r.ServiceId).FirstOrDefault(id => id is not null),
            Environment = of.Environment ?? inOrder.Select(r => r.Environment).FirstOrDefault(name => name is not null),
            NamedCause = of.NamedCause ?? inOrder.Select(r => r.NamedCause).FirstOrDefault(cause => cause is not null),
            NamesOther = reports.Any(r => r.NamesOther) && reports.All(r => r.ServiceId is null),
            StartedAt = inOrder[0].StartedAt,
            AcknowledgedAt = reports.Min(r => r.AcknowledgedAt),
            ResolvedAt = ended,
            HasUnknownEnd = reports.All(r => r.ResolvedAt is null) && reports.Any(r => r.HasUnknownEnd),
            LastHeardAt = reports.Max(r => r.LastHeardAt),
        };
    }
}
