using System.Collections.Concurrent;
using Medallion.Threading.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>
/// Takes up requested runs, connection by connection. A lock in PostgreSQL keeps other instances off a connection that is being
/// synced; it falls with the process, so a killed run is simply taken up again, here or elsewhere.
/// </summary>
public sealed partial class SyncWorker(
    IServiceScopeFactory scopes, NpgsqlDataSource database, ConnectorCatalog catalog, SyncSignal signal, IOptions<SyncOptions> options,
    TimeProvider time, ILogger<SyncWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Guid, Task> underWay = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var connectionId in await DueAsync(stoppingToken)) TakeUp(connectionId, stoppingToken);
                await signal.WaitAsync(Patience, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception away) when (away is NpgsqlException or InvalidOperationException)
            {
                LogAway(away);
                await Task.Delay(Patience, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(underWay.Values).WaitAsync(TimeSpan.FromSeconds(20), time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<List<Guid>> DueAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VeelocityDb>();
        var now = time.GetUtcNow();
        return await db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.FinishedAt == null)
            .GroupBy(r => r.ConnectionId)
            .Where(open => !open.Any(r => r.ParkedUntil > now) || open.Any(r => r.CancelRequestedAt != null))
            .OrderBy(open => open.Min(r => r.RequestedAt))
            .Select(open => open.Key)
            .ToListAsync(cancellation);
    }

    private void TakeUp(Guid connectionId, CancellationToken stopping)
    {
        if (underWay.Count >= options.Value.Concurrency || underWay.ContainsKey(connectionId)) return;
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        underWay[connectionId] = WorkAsync(connectionId, start.Task, stopping);
        start.SetResult();
    }

    private async Task WorkAsync(Guid connectionId, Task start, CancellationToken stopping)
    {
        await start;
        var isDone = false;
        try
        {
            var key = new PostgresAdvisoryLockKey($"veelocity sync {connectionId}", allowHashing: true);
            await using var held = await new PostgresDistributedLock(key, database).TryAcquireAsync(TimeSpan.Zero, stopping);
            if (held is null) return;
            using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping, held.HandleLostToken);
            while (await RunNextAsync(connectionId, lost.Token)) { }
            isDone = true;
        }
        catch (OperationCanceledException)
        {
            // Stopping, or the lock is lost: the run stays open and is taken up again.
        }
        catch (Exception failed)
        {
            LogInterrupted(failed, connectionId);
        }
        finally
        {
            underWay.TryRemove(connectionId, out _);
            if (isDone) signal.Ring(); // for those that waited for a place
        }
    }

    /// <summary>Runs the connection's next open run in the connectors' order; false when there is nothing (more) to do now.</summary>
    private async Task<bool> RunNextAsync(Guid connectionId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VeelocityDb>();
        var open = await db.SyncRuns.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.ConnectionId == connectionId && r.FinishedAt == null)
            .ToListAsync(cancellation);
        var next = open.MinBy(r => catalog.Find(r.Connector)?.Info.Order ?? int.MaxValue);
        if (next is null) return false;
        if (next.ParkedUntil > time.GetUtcNow() && next.CancelRequestedAt is null) return false;

        var run = await scope.ServiceProvider.GetRequiredService<SyncRunner>().RunAsync(next.Id, cancellation);
        return !run.IsOpen;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer; looking again soon")]
    private partial void LogAway(Exception away);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sync of connection {ConnectionId} was interrupted; it is taken up again")]
    private partial void LogInterrupted(Exception failed, Guid connectionId);
}
