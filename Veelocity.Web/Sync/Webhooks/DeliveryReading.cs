using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Webhooks;

/// <summary>Reads again what deliveries about one repository or channel name, each thing once, and writes onto the deliveries what came of it.</summary>
public sealed partial class DeliveryReading(
    VeelocityDb db, DeliveryPlaces places, RepositoryRefresher refresher, TimeProvider time, ILogger<DeliveryReading> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(15);

    public async Task ReadAsync(DeliveryQueue.Group group, IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellation)
    {
        db.Enter(group.OrganizationId);
        var connection = await db.Connections.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .SingleAsync(c => c.Id == group.ConnectionId, cancellation);
        var (place, whyNot) = await places.FindAsync(connection, group.RepositoryExternalId, cancellation);
        if (place is null)
        {
            foreach (var delivery in deliveries) delivery.Ignore(whyNot!, time.GetUtcNow());
            return;
        }
        if (await LimitAsync(connection.Id, cancellation) is { } limit)
        {
            foreach (var delivery in deliveries) delivery.Park(limit, "Waits until the provider's limit of requests is lifted.");
            return;
        }
        await GuardAsync(connection, deliveries, () => ReadAsync(connection, place, deliveries, cancellation), cancellation);
    }

    private async Task ReadAsync(Connection connection, DeliveryPlace place, IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellation)
    {
        var startedAt = time.GetUtcNow();
        var waiting = deliveries.Where(d => d.AppliedAt is not null).ToList();
        var isSyncing = waiting.Count > 0 && await IsSyncingAsync(connection.Id, startedAt, cancellation);
        if (isSyncing)
        {
            foreach (var delivery in waiting) delivery.DueAt = startedAt + NextLook;
            deliveries = [.. deliveries.Except(waiting)];
            if (deliveries.Count == 0) return;
        }

        var targets = deliveries.SelectMany(d => d.Targets).Distinct(StringComparer.Ordinal).Select(TargetText.Read).ToList();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        var result = await refresher.ReadAsync(connection, place, targets, patience.Token);
        if (result.Problem is { Fault: ConnectorFault.Unreachable or ConnectorFault.Malformed } problem)
            throw new ConnectorException(problem.Fault, problem.Message);

        // A sync that is under way may store what it read before: this is looked at once more after it.
        isSyncing = await IsSyncingAsync(connection.Id, startedAt, cancellation);
        foreach (var delivery in deliveries)
        {
            delivery.Apply(result.ChangedRows, result.Problem?.Message, time.GetUtcNow());
            if (isSyncing) delivery.DueAt = time.GetUtcNow() + NextLook;
            else delivery.Finish(time.GetUtcNow());
        }
    }

    private Task<bool> IsSyncingAsync(Guid connectionId, DateTimeOffset since, CancellationToken cancellation) =>
        db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .AnyAsync(r => r.ConnectionId == connectionId && r.StartedAt != null && (r.FinishedAt == null || r.FinishedAt >= since), cancellation);

    // The token's limit is one for syncs and for this: whoever met it, both wait.
    private async Task<DateTimeOffset?> LimitAsync(Guid connectionId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var ofSyncs = await db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.ConnectionId == connectionId && r.FinishedAt == null && r.ParkedUntil > now)
            .MaxAsync(r => r.ParkedUntil, cancellation);
        return ofSyncs ?? await db.WebhookDeliveries.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(d => d.ConnectionId == connectionId && d.FinishedAt == null && d.ParkedUntil > now)
            .MaxAsync(d => d.ParkedUntil, cancellation);
    }

    /// <summary>Turns what goes wrong into when to try again; what is wrong with the database is left to whoever has it back.</summary>
    private async Task GuardAsync(Connection connection, IReadOnlyList<WebhookDelivery> deliveries, Func<Task> read, CancellationToken cancellation)
    {
        try
        {
            await read();
        }
        catch (ConnectorException refused) when (refused.Fault == ConnectorFault.RateLimited)
        {
            foreach (var delivery in deliveries) delivery.Park(refused.Until ?? time.GetUtcNow().AddMinutes(1), refused.Message);
        }
        catch (ConnectorException refused) when (refused.IsRefusal)
        {
            connection.Refused(refused.Message, time.GetUtcNow());
            await db.SaveChangesAsync(cancellation);
            foreach (var delivery in deliveries) delivery.Fail(refused.Message, time.GetUtcNow());
        }
        catch (ConnectorException failed)
        {
            foreach (var delivery in deliveries) delivery.Retry(failed.Message, time.GetUtcNow());
        }
        catch (Exception bug) when (!IsDatabaseAway(bug) && !cancellation.IsCancellationRequested)
        {
            LogFailed(bug, connection.OrganizationId, deliveries.Count);
            var why = bug is OperationCanceledException ? "Reading took too long." : "Something went wrong inside Veelocity. The log has the details.";
            foreach (var delivery in deliveries) delivery.Retry(why, time.GetUtcNow());
        }
    }

    private static bool IsDatabaseAway(Exception bug) =>
        bug is NpgsqlException { IsTransient: true } || (bug.InnerException is not null && IsDatabaseAway(bug.InnerException));

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading again what {Count} webhook deliveries of organization {OrganizationId} name failed")]
    private partial void LogFailed(Exception bug, Guid organizationId, int count);
}
