using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>
/// Takes up requested runs, connection by connection, beside other instances that do the same. A web process that leaves syncing to
/// others (<see cref="SyncOptions.Worker"/>) has one that does nothing.
/// </summary>
public sealed partial class SyncWorker(
    IServiceScopeFactory scopes, ConnectionWork work, SyncSignal signal, IOptions<SyncOptions> options, TimeProvider time,
    ILogger<SyncWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Guid, Task> underWay = new();

    /// <summary>When it last looked for work, whether or not the database answered; null before the first time.</summary>
    public DateTimeOffset? LookedAt { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Worker) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            LookedAt = time.GetUtcNow();
            try
            {
                foreach (var connectionId in await DueAsync(stoppingToken)) TakeUp(connectionId, stoppingToken);
                await signal.WaitAsync(Patience, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception away) when (away is NpgsqlException or InvalidOperationException or TimeoutException)
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
        using var installation = db.ForInstallation();
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
            isDone = await work.TryAsync(connectionId, stopping);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer; looking again soon")]
    private partial void LogAway(Exception away);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sync of connection {ConnectionId} was interrupted; it is taken up again")]
    private partial void LogInterrupted(Exception failed, Guid connectionId);
}
