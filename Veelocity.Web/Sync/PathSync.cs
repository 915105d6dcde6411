using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Asks for a sync when a repository has just been split or deploys another by paths: only then are the files of its pull requests read.</summary>
internal sealed class PathSync(VeelocityDb db, SyncRequests requests)
{
    public async Task RequestAsync(Guid repositoryId, CancellationToken cancellation)
    {
        var isSplit = await db.Services.AnyAsync(
            s => (s.RepositoryId == repositoryId && s.PathGlobs.Length > 0) || (s.SourceRepositoryId == repositoryId && s.SourcePaths.Length > 0), cancellation);
        if (!isSplit || await db.PullRequestPaths.AnyAsync(p => p.RepositoryId == repositoryId, cancellation)) return;
        var connection = await db.Repositories.Where(r => r.Id == repositoryId)
            .Join(db.Connections, r => r.ConnectionId, c => c.Id, (_, c) => c).SingleAsync(cancellation);
        if (connection.IsConnected)
            await requests.RequestAsync(connection.OrganizationId, connection.Id, SyncTrigger.Manual, isFull: false, cancellation);
    }
}
