using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Veelocity.Web.Sync.Webhooks;

/// <summary>
/// Works on what providers told, several repositories at a time. Instances share the work by locks on the rows; what a killed one had
/// in hand is free again at once.
/// </summary>
public sealed partial class WebhookWorker(
    IServiceScopeFactory scopes, WebhookBell bell, IOptions<SyncOptions> options, TimeProvider time, ILogger<WebhookWorker> logger) : BackgroundService
{
    private const int Concurrency = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenPrunings = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<DeliveryQueue.Group, Task> underWay = new();
    private DateTimeOffset prunedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Worker) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await bell.WaitAsync(Patience, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception away) when (away is NpgsqlException or InvalidOperationException)
            {
                LogAway(away);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(underWay.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<DeliveryQueue>();
        foreach (var group in await queue.DueAsync(stopping))
        {
            if (underWay.Count >= Concurrency) break;
            if (!underWay.ContainsKey(group)) TakeUp(group, stopping);
        }
        if (time.GetUtcNow() - prunedAt < BetweenPrunings) return;
        prunedAt = time.GetUtcNow();
        await queue.PruneAsync(stopping);
    }

    private void TakeUp(DeliveryQueue.Group group, CancellationToken stopping)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        underWay[group] = WorkAsync(group, start.Task, stopping);
        start.SetResult();
    }

    private async Task WorkAsync(DeliveryQueue.Group group, Task start, CancellationToken stopping)
    {
        await start;
        var isDone = false;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            isDone = await scope.ServiceProvider.GetRequiredService<DeliveryQueue>().WorkAsync(group, stopping);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the deliveries stay open.
        }
        catch (Exception failed)
        {
            LogInterrupted(failed, group.ConnectionId);
            await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            underWay.TryRemove(group, out _);
            if (isDone) bell.Ring(); // for what came in meanwhile, and for those that waited for a place
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer; looking for webhook deliveries again soon")]
    private partial void LogAway(Exception away);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Work on webhook deliveries of connection {ConnectionId} was interrupted; it is taken up again")]
    private partial void LogInterrupted(Exception failed, Guid connectionId);
}
