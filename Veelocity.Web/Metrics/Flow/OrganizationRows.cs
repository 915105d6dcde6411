using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Flow;

/// <summary>Rows of the organization that a question names, whoever asks.</summary>
internal static class OrganizationRows
{
    public static IQueryable<TRow> RowsOf<TRow>(this VeelocityDb db, Guid organizationId)
        where TRow : class, IOwned =>
        db.Set<TRow>().AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(row => EF.Property<Guid>(row, nameof(IOwned.OrganizationId)) == organizationId);
}
