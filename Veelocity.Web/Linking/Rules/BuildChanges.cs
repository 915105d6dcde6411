using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Builds;

namespace Veelocity.Web.Linking.Rules;

/// <summary>What people change about how mobile builds are found; builds are derived again from what is stored, and missing jobs are read by the next sync.</summary>
public sealed class BuildChanges(VeelocityDb db, Relinking relinking, TimeProvider clock)
{
    /// <summary>Answers whether any rule is different.</summary>
    public async Task<bool> SetRulesAsync(Guid organizationId, BuildRuleSet set, Guid userId, CancellationToken cancellation)
    {
        var before = await MobileRules.SetOfAsync(db, organizationId, cancellation);
        if (before == set) return false;
        var rules = await db.BuildRules.SingleOrDefaultAsync(cancellation);
        if (rules is null) db.BuildRules.Add(rules = new BuildRules { OrganizationId = organizationId });
        rules.Change(set, userId, clock.GetUtcNow());
        db.Audit(organizationId, AuditAction.BuildRulesChanged, "Mobile builds", AuditDetail.Between(before, set), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        await relinking.LinkSoonAsync(db, organizationId, cancellation);
        return true;
    }

    /// <summary>What workflows build, by their ids; null leaves one to the rules. Workflows of others are passed over. Answers how many are different.</summary>
    public async Task<int> ChooseAsync(Guid organizationId, IReadOnlyDictionary<Guid, MobilePlatforms?> choices, Guid userId, CancellationToken cancellation)
    {
        var workflows = await db.Workflows.Where(w => choices.Keys.Contains(w.Id)).ToListAsync(cancellation);
        var changed = workflows.Where(w => w.ChosenMobile != choices[w.Id]).ToList();
        foreach (var workflow in changed)
        {
            db.Audit(organizationId, AuditAction.BuildRulesChanged, workflow.Name, AuditDetail.Of(("Builds", workflow.ChosenMobile, choices[workflow.Id])), clock.GetUtcNow());
            workflow.ChooseMobile(choices[workflow.Id], userId, clock.GetUtcNow());
        }
        await db.SaveChangesAsync(cancellation);
        foreach (var repository in changed.Select(w => w.RepositoryId).Distinct()) await relinking.LinkNowAsync(organizationId, repository, cancellation);
        return changed.Count;
    }
}
