using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>
/// Carries out the open runs of one connection under a lock in PostgreSQL, which keeps every other instance off it. The lock falls with
/// the process, so a run that was killed is simply taken up again, here or elsewhere.
/// </summary>
public sealed class ConnectionWork(IServiceScopeFactory scopes, DatabaseLocks locks, ConnectorCatalog catalog, TimeProvider time)
{
    /// <summary>Works until nothing is due any more. False when another instance is at it.</summary>
    public async Task<bool> TryAsync(Guid connectionId, CancellationToken cancellation)
    {
        await using var held = await locks.TryTakeAsync($"veelocity sync {connectionId}", cancellation);
        if (held is null) return false;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation, held.HandleLostToken);
        while (await RunNextAsync(connectionId, lost.Token)) { }
        return true;
    }

    /// <summary>Runs the connection's next open run; false when there is nothing (more) to do now.</summary>
    private async Task<bool> RunNextAsync(Guid connectionId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VeelocityDb>();
        List<SyncRun> open;
        using (db.ForInstallation()) // the run says whose it is; the runner goes on for its organization alone
        {
            open = await db.SyncRuns.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                .Where(r => r.ConnectionId == connectionId && r.FinishedAt == null)
                .ToListAsync(cancellation);
        }
        // One that has begun comes before another of its connector: between its attempts nobody else moves its cursors.
        var next = open.OrderBy(r => catalog.Find(r.Connector)?.Info.Order ?? int.MaxValue)
            .ThenBy(r => r.StartedAt is null).ThenBy(r => r.RequestedAt).FirstOrDefault();
        if (next is null) return false;
        if (next.ParkedUntil > time.GetUtcNow() && next.CancelRequestedAt is null) return false;

        var run = await scope.ServiceProvider.GetRequiredService<SyncRunner>().RunAsync(next.Id, cancellation);
        return !run.IsOpen;
    }
}
