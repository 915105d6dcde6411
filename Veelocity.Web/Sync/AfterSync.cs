using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking;
using Veelocity.Web.Linking.Incidents.Chat;
using Veelocity.Web.Linking.Issues;
using Veelocity.Web.Linking.Teams;

namespace Veelocity.Web.Sync;

/// <summary>Derives anew what depends on the repositories, channels and planned work that changed, and tells caches that the numbers may be different.</summary>
public sealed class AfterSync(VeelocityDb db, Linker linker, ChatIncidents chat, IssueLinking issues, TeamLinking teams, TimeProvider time)
{
    /// <param name="only">Looks at no other repositories than these; null for all of the organization.</param>
    public async Task LinkAsync(Guid organizationId, CancellationToken cancellation, IReadOnlyCollection<Guid>? only = null)
    {
        db.Enter(organizationId);
        var startedAt = time.GetUtcNow();
        var changed = await RowsOf<Repository>(organizationId)
            .Where(r => only == null || only.Contains(r.Id))
            .Where(r => r.LinkedAt == null || r.ChangedAt > r.LinkedAt)
            .Select(r => r.Id)
            .ToListAsync(cancellation);
        var services = await ServicesAsync(organizationId, cancellation);
        if (changed.Count > 0) await linker.LinkAsync(organizationId, changed, cancellation);
        // Messages name services, which come into being with the first linking of their repository.
        var isNamedAnew = changed.Count > 0 && !services.SetEquals(await ServicesAsync(organizationId, cancellation));
        var channels = await RowsOf<ChatChannel>(organizationId)
            .Where(c => c.ChangedAt != null && (isNamedAnew || c.LinkedAt == null || c.ChangedAt > c.LinkedAt))
            .Select(c => c.Id)
            .ToListAsync(cancellation);
        if (channels.Count > 0) await chat.FindAsync(organizationId, channels, cancellation);
        var trackers = await RowsOf<Connection>(organizationId)
            .Where(c => c.ChangedAt != null && (c.LinkedAt == null || c.ChangedAt > c.LinkedAt))
            .Select(c => c.Id)
            .ToListAsync(cancellation);
        if (changed.Count > 0 || trackers.Count > 0) await issues.LinkAsync(organizationId, trackers.Count > 0 ? null : changed, cancellation);
        // Whose accounts are whose may have changed with any of them.
        var moved = await teams.LinkAsync(organizationId, cancellation);
        if (changed.Count == 0 && channels.Count == 0 && trackers.Count == 0 && moved == 0) return;

        await RowsOf<Connection>(organizationId).Where(c => trackers.Contains(c.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkedAt, startedAt), cancellation);
        await RowsOf<Repository>(organizationId).Where(r => changed.Contains(r.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.LinkedAt, startedAt), cancellation);
        await db.Organizations.Where(o => o.Id == organizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.DataVersion, o => o.DataVersion + 1), cancellation);
    }

    private async Task<HashSet<string>> ServicesAsync(Guid organizationId, CancellationToken cancellation) =>
        [.. await RowsOf<Service>(organizationId).Select(s => s.Id + " " + s.Name).ToListAsync(cancellation)];

    private IQueryable<TRow> RowsOf<TRow>(Guid organizationId)
        where TRow : class, IOwned =>
        db.Set<TRow>().AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(row => row.OrganizationId == organizationId);
}
