using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>Whose numbers: some services, an environment, an account's.</summary>
/// <param name="Query">As a request says it, empty for everything.</param>
/// <param name="Services">Null for all.</param>
internal sealed record Scope(string Query, IReadOnlyList<Service>? Services = null)
{
    /// <summary>Also what is of no known service.</summary>
    public bool WithUnknown { get; init; }

    /// <summary>Null for production.</summary>
    public string? Environment { get; init; }

    /// <summary>Null for the organization's setting.</summary>
    public int? WindowHours { get; init; }

    /// <summary>Null for calendar time.</summary>
    public WorkingClock? Clock { get; init; }

    /// <summary>Never negative (M6).</summary>
    public double Seconds(DateTimeOffset from, DateTimeOffset to) => Clock?.Seconds(from, to) ?? Math.Max(0, (to - from).TotalSeconds);

    public bool Holds(Service? service) => Services is null || (service is null ? WithUnknown : Services.Contains(service));

    public bool Holds(Shipment shipment) =>
        Holds(shipment.Service) && (Environment is null ? shipment.IsProduction : shipment.Environment == Environment);
}

/// <summary>A part of a scope, by repository, service or team.</summary>
internal sealed record ScopePart(string Key, string Label, Scope Scope);
