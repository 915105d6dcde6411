using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Rules;

/// <summary>People's word on what environments are for (M13), for one repository or for all.</summary>
public sealed class EnvironmentChanges(VeelocityDb db, Relinking relinking, TimeProvider clock)
{
    /// <param name="use">Null takes the word back.</param>
    public async Task SetAsync(
        Guid organizationId, Guid? repositoryId, IReadOnlyDictionary<string, EnvironmentUse?> uses, Guid userId, CancellationToken cancellation)
    {
        var known = await db.EnvironmentRules.Where(r => r.RepositoryId == repositoryId).ToDictionaryAsync(r => r.Id, cancellation);
        foreach (var (name, use) in uses)
        {
            var id = EnvironmentRule.IdOf(organizationId, repositoryId, name);
            var rule = known.GetValueOrDefault(id);
            if (rule?.Use == use) continue;
            var where = repositoryId is null ? "In all repositories. " : $"In {await db.Repositories.Where(r => r.Id == repositoryId).Select(r => r.FullName).SingleOrDefaultAsync(cancellation)}. ";
            db.Audit(organizationId, AuditAction.EnvironmentChanged, name, where + AuditDetail.Of(("Use", rule?.Use, use)), clock.GetUtcNow());
            if (use is null) db.EnvironmentRules.Remove(rule!);
            else if (rule is null) db.EnvironmentRules.Add(new() { Id = id, OrganizationId = organizationId, RepositoryId = repositoryId, Name = name, Use = use.Value, SetAt = clock.GetUtcNow(), SetByUserId = userId });
            else (rule.Use, rule.SetAt, rule.SetByUserId) = (use.Value, clock.GetUtcNow(), userId);
        }
        if (!db.ChangeTracker.HasChanges()) return;
        await db.SaveChangesAsync(cancellation);
        if (repositoryId is { } one) await relinking.LinkNowAsync(organizationId, one, cancellation);
        else await relinking.LinkSoonAsync(db, organizationId, cancellation);
    }
}
