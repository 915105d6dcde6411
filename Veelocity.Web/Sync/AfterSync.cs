using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Incidents.Chat;

namespace Veelocity.Web.Sync;

/// <summary>Derives anew what depends on the repositories and channels that changed, and tells caches that the numbers may be different.</summary>
public sealed class AfterSync(VeelocityDb db, Linker linker, ChatIncidents chat, TimeProvider time)
{
    /// <param name="only">Looks at no other repositories than these; null for all of the organization.</param>
    public async Task LinkAsync(Guid organizationId, CancellationToken cancellation, IReadOnlyCollection<Guid>? only = null)
    {
        var startedAt = time.GetUtcNow();
        var changed = await db.Repositories.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => only == null || only.Contains(r.Id))
            .Where(r => r.OrganizationId == organizationId && (r.LinkedAt == null || r.ChangedAt > r.LinkedAt))
            .Select(r => r.Id)
            .ToListAsync(cancellation);
        var services = await ServicesAsync(organizationId, cancellation);
        if (changed.Count > 0) await linker.LinkAsync(organizationId, changed, cancellation);
        // Messages name services, which come into being with the first linking of their repository.
        var isNamedAnew = changed.Count > 0 && !services.SetEquals(await ServicesAsync(organizationId, cancellation));
        var channels = await db.ChatChannels.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(c => c.OrganizationId == organizationId && c.ChangedAt != null && (isNamedAnew || c.LinkedAt == null || c.ChangedAt > c.LinkedAt))
            .Select(c => c.Id)
            .ToListAsync(cancellation);
        if (changed.Count == 0 && channels.Count == 0) return;

        if (channels.Count > 0) await chat.FindAsync(organizationId, channels, cancellation);
        await db.Repositories.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => changed.Contains(r.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.LinkedAt, startedAt), cancellation);
        await db.Organizations.Where(o => o.Id == organizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.DataVersion, o => o.DataVersion + 1), cancellation);
    }

    private async Task<HashSet<string>> ServicesAsync(Guid organizationId, CancellationToken cancellation) =>
        [.. await db.Services.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(s => s.OrganizationId == organizationId).Select(s => s.Id + " " + s.Name).ToListAsync(cancellation)];
}
