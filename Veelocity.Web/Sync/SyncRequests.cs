using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Asks for syncs. A request is a row that any instance may take up; asking twice joins the run that is open.</summary>
public sealed class SyncRequests(VeelocityDb db, ConnectorCatalog catalog, SyncSignal signal, TimeProvider time)
{
    /// <summary>
    /// Requests a run of each connector that reads with this connection (or of one of them). Answers the open runs, new or joined;
    /// none when the connection is not connected.
    /// </summary>
    public async Task<IReadOnlyList<SyncRun>> RequestAsync(
        Guid organizationId, Guid connectionId, SyncTrigger trigger, bool isFull, CancellationToken cancellation, string? onlyConnector = null)
    {
        db.Enter(organizationId);
        var connection = await db.Connections.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .SingleOrDefaultAsync(c => c.Id == connectionId && c.OrganizationId == organizationId, cancellation);
        if (connection is not { IsConnected: true }) return [];

        var runs = new List<SyncRun>();
        var connectors = catalog.UsingCredentialsOf(connection.Kind).Where(c => onlyConnector is null || c.Info.Kind == onlyConnector).ToList();
        if (trigger == SyncTrigger.Manual && connectors.Count > 0)
            db.Audit(organizationId, AuditAction.SyncTriggered, AuditDetail.List(connectors.ConvertAll(c => c.Info.Name)), isFull ? "Reads everything again." : null, time.GetUtcNow());
        foreach (var connector in connectors)
            runs.Add(await OpenRunAsync(connection, connector.Info.Kind, trigger, isFull, cancellation));
        // Nothing else may have been saved, where all runs were open.
        await db.SaveChangesAsync(cancellation);
        signal.Ring();
        return runs;
    }

    /// <summary>Asks an open run to stop after the batch in hand; what it has stored stays.</summary>
    public async Task<bool> CancelAsync(Guid organizationId, Guid runId, CancellationToken cancellation)
    {
        db.Enter(organizationId);
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var cancelled = await db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.Id == runId && r.OrganizationId == organizationId && r.FinishedAt == null && r.CancelRequestedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelRequestedAt, now), cancellation);
        if (cancelled > 0)
        {
            var kind = await db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                .Where(r => r.Id == runId && r.OrganizationId == organizationId).Select(r => r.Connector).SingleAsync(cancellation);
            db.Audit(organizationId, AuditAction.SyncStopped, catalog.Find(kind)?.Info.Name ?? kind, null, now);
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        signal.Ring();
        return cancelled > 0;
    }

    private async Task<SyncRun> OpenRunAsync(Connection connection, string connector, SyncTrigger trigger, bool isFull, CancellationToken cancellation)
    {
        while (true)
        {
            if (await FindOpenAsync(connection, connector, isFull, cancellation) is { } open) return open;
            var run = new SyncRun
            {
                OrganizationId = connection.OrganizationId,
                ConnectionId = connection.Id,
                Connector = connector,
                Trigger = trigger,
                IsFull = isFull,
                RequestedAt = time.GetUtcNow(),
            };
            db.SyncRuns.Add(run);
            try
            {
                await db.SaveChangesAsync(cancellation);
                return run;
            }
            catch (DbUpdateException clash) when (clash.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // Someone was faster: join theirs, or open one after all when it has ended meanwhile and saw nothing of what is new.
                db.Entry(run).State = EntityState.Detached;
            }
        }
    }

    // A full run does what an incremental one does; not the other way round, so a full one queues behind it.
    private Task<SyncRun?> FindOpenAsync(Connection connection, string connector, bool isFull, CancellationToken cancellation) =>
        db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.ConnectionId == connection.Id && r.Connector == connector && r.FinishedAt == null && (r.IsFull || !isFull))
            .OrderBy(r => r.RequestedAt)
            .FirstOrDefaultAsync(cancellation);
}
