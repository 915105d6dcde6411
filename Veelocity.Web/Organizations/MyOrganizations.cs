using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations;

/// <summary>An organization as one of its members sees it.</summary>
public sealed record MyOrganization(Guid Id, string Name, string Slug, string TimeZone, Role Role, DateTimeOffset CreatedAt);

/// <summary>The organizations a person belongs to; what the switcher shows and what an address is checked against.</summary>
public sealed class MyOrganizations(VeelocityDb db)
{
    public async Task<IReadOnlyList<MyOrganization>> ListAsync(Guid userId, CancellationToken cancellation = default) =>
        await Memberships(userId)
            .OrderBy(m => m.Organization.Name).ThenBy(m => m.OrganizationId)
            .Select(m => new MyOrganization(
                m.OrganizationId, m.Organization.Name, m.Organization.Slug, m.Organization.TimeZone, m.Role, m.Organization.CreatedAt))
            .ToListAsync(cancellation);

    /// <summary>The same as far as the caller may look: a personal API token sees only the one it belongs to.</summary>
    public async Task<IReadOnlyList<MyOrganization>> SeenByAsync(ClaimsPrincipal caller, CancellationToken cancellation = default)
    {
        var all = await ListAsync(caller.RequiredCallerId(), cancellation);
        return caller.OnlyOrganization() is { } only ? [.. all.Where(o => o.Id == only)] : all;
    }

    /// <summary>The membership with its organization, by the organization's id or slug; null for strangers, whether or not it exists.</summary>
    public Task<Membership?> FindAsync(Guid userId, string idOrSlug, CancellationToken cancellation = default)
    {
        var mine = Memberships(userId).Include(m => m.Organization);
        if (Guid.TryParse(idOrSlug, out var id))
            return mine.SingleOrDefaultAsync(m => m.OrganizationId == id, cancellation);
        var slug = idOrSlug.ToLowerInvariant();
        return mine.SingleOrDefaultAsync(m => m.Organization.Slug == slug, cancellation);
    }

    // Asked before an organization is chosen, hence without its filter; the user is the wall here, in the WHERE and in the database.
    private IQueryable<Membership> Memberships(Guid userId)
    {
        db.Scope = db.Scope with { UserId = userId };
        return db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).AsNoTracking().Where(m => m.UserId == userId);
    }
}
