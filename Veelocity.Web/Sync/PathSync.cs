using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Requests a sync when files of pull requests are needed for the first time: nothing else reads them.</summary>
internal sealed class PathSync(VeelocityDb db, SyncRequests requests)
{
    /// <summary>After a repository was split into services, or deploys another by paths.</summary>
    public async Task RequestAsync(Guid repositoryId, CancellationToken cancellation)
    {
        var isSplit = await db.Services.AnyAsync(
            s => (s.RepositoryId == repositoryId && s.PathGlobs.Length > 0) || (s.SourceRepositoryId == repositoryId && s.SourcePaths.Length > 0), cancellation);
        if (isSplit) await RequestAsync(db.Repositories.Where(r => r.Id == repositoryId), cancellation);
    }

    /// <summary>After a rule about files was set.</summary>
    public async Task RequestAllAsync(CancellationToken cancellation)
    {
        if (await db.Organizations.AnyAsync(o => o.Id == db.OrganizationId && o.ExcludedPathPattern != "", cancellation))
            await RequestAsync(db.Repositories, cancellation);
    }

    private async Task RequestAsync(IQueryable<Repository> repositories, CancellationToken cancellation)
    {
        var ids = await repositories.Where(r => !db.PullRequestPaths.Any(p => p.RepositoryId == r.Id)).Select(r => r.ConnectionId).Distinct()
            .ToListAsync(cancellation);
        foreach (var connection in await db.Connections.Where(c => ids.Contains(c.Id)).ToListAsync(cancellation))
        {
            if (connection.IsConnected)
                await requests.RequestAsync(connection.OrganizationId, connection.Id, SyncTrigger.Manual, isFull: false, cancellation);
        }
    }
}
