using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Audit;

/// <summary>
/// Writes into the audit log of the current organization. <see cref="Add(AuditAction, string, string?)"/> joins what the caller is about to save,
/// so that the entry and what it tells of are stored together or not at all.
/// </summary>
public sealed class AuditLog(VeelocityDb db, CurrentOrganization organization, IHttpContextAccessor http, TimeProvider clock)
{
    /// <param name="subject">What it is done to, as people call it; never a secret.</param>
    /// <param name="detail">What changes, from what to what, in a sentence; null when the action says all.</param>
    public void Add(AuditAction action, string subject, string? detail = null) => Add(organization.Id, action, subject, detail);

    /// <summary>The same for an organization that is not bound to the request, such as the one an invitation leads to.</summary>
    public void Add(Guid organizationId, AuditAction action, string subject, string? detail = null)
    {
        // Again, because someone may have signed in within this request.
        db.Actor = RequestActor.Of(http.HttpContext);
        db.Audit(organizationId, action, subject, detail, clock.GetUtcNow());
    }
}
