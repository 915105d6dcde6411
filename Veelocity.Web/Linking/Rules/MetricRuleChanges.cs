using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Rules;

/// <summary>
/// Saves an organization's metric rules, once they were changed on it; its repositories are linked again in the
/// background.
/// </summary>
public sealed class MetricRuleChanges(VeelocityDb db, Relinking relinking, TimeProvider clock)
{
    /// <param name="organization">Tracked by the database, with the new rules on it. Without a change nothing happens.</param>
    public async Task SaveAsync(Organization organization, Guid userId, CancellationToken cancellation)
    {
        if (AuditDetail.OfChanged(db.Entry(organization)) is not { } changed) return;
        db.Audit(organization.Id, AuditAction.MetricRulesChanged, "Metric rules", changed, clock.GetUtcNow());
        organization.RulesChanged(userId, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        await relinking.LinkSoonAsync(db, organization.Id, cancellation);
    }
}
