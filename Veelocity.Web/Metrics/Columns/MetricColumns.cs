namespace Veelocity.Web.Metrics.Columns;

/// <summary>The columns that one request works on: the same for all it shows, whatever is written meanwhile.</summary>
public sealed class MetricColumns(ColumnStore store, TeamScopes teams)
{
    private Guid? organizationId;
    private Task<OrganizationColumns>? columns;
    private readonly Dictionary<(Guid, string?, int?), OrganizationColumns> others = [];

    /// <summary>What a filter asks for.</summary>
    internal async Task<AskedColumns> OfAsync(Filter filter, CancellationToken cancellation) =>
        await OfAsync(filter, await teams.ServicesAsync(filter, cancellation), cancellation);

    /// <summary>The same where it is already known which services these are.</summary>
    internal async Task<AskedColumns> OfAsync(Filter filter, ServiceChoice services, CancellationToken cancellation)
    {
        var all = await ReadAsync(filter.OrganizationId, cancellation);
        if (filter is { Environment: null, WindowHours: null }) return new(all, filter, services);
        var key = (filter.OrganizationId, filter.Environment, filter.WindowHours);
        if (!others.TryGetValue(key, out var other))
            others[key] = other = await store.OfAsync(all, filter.OrganizationId, filter.Environment,
                filter.WindowHours, cancellation);
        return new(other, filter, services);
    }

    private Task<OrganizationColumns> ReadAsync(Guid organization, CancellationToken cancellation)
    {
        if (organizationId != organization || columns is null or { IsFaulted: true } or { IsCanceled: true })
            (organizationId, columns) = (organization, store.ReadAsync(organization, cancellation));
        return columns;
    }
}
