namespace Veelocity.Web.Metrics.Columns;

/// <summary>The columns that one request works on: the same for all it shows, whatever is written meanwhile.</summary>
public sealed class MetricColumns(ColumnStore store)
{
    private Guid? organizationId;
    private Task<OrganizationColumns>? columns;

    internal Task<OrganizationColumns> OfAsync(Guid organization, CancellationToken cancellation)
    {
        if (organizationId != organization || columns is null or { IsFaulted: true } or { IsCanceled: true })
            (organizationId, columns) = (organization, store.ReadAsync(organization, cancellation));
        return columns;
    }
}
