using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Which channels of a chat an organization wants read.</summary>
internal static class ChannelPatterns
{
    public static async Task<string[]> OfAsync(VeelocityDb db, Guid organizationId, CancellationToken cancellation)
    {
        var rules = await db.IncidentRules.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .SingleOrDefaultAsync(r => r.OrganizationId == organizationId, cancellation);
        return (rules?.Set ?? new IncidentRuleSet()).ChannelPatterns;
    }
}
