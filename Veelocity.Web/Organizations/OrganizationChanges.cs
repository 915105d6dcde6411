using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Audit;

namespace Veelocity.Web.Organizations;

/// <summary>Changes the current organization's settings.</summary>
internal sealed class OrganizationChanges(VeelocityDb db, CurrentOrganization current, AuditLog audit)
{
    /// <param name="change">Makes the change; numbers are computed again after it.</param>
    public async Task<Organization> SaveAsync(Action<Organization> change, CancellationToken cancellation)
    {
        var organization = await db.Organizations.SingleAsync(o => o.Id == current.Id, cancellation);
        change(organization);
        if (!db.ChangeTracker.HasChanges()) return organization;
        audit.Add(AuditAction.OrganizationChanged, organization.Name, AuditDetail.OfChanged(db.Entry(organization)));
        organization.DataVersion++;
        await db.SaveChangesAsync(cancellation);
        return organization;
    }
}
