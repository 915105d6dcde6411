using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Sync;

/// <summary>
/// Carries one run from wherever it stands to its outcome. A batch, its cursor and the run's progress are stored in one transaction,
/// so a crash at any moment loses nothing, and the next attempt goes on behind the last stored batch.
/// </summary>
public sealed partial class SyncRunner(
    VeelocityDb db, DatabaseDoor database, ConnectorCatalog catalog, CredentialRenewal credentials, BatchStore store, SyncCursors cursors,
    SyncHistory history, CommitGaps gaps, FormerNames names, AfterSync after, SyncMeter meter, TimeProvider time, ILogger<SyncRunner> logger)
{
    private const string LinkingPhase = "Deployments and lead times";

    /// <summary>Answers the run as it stands: finished, or parked until a limit is lifted.</summary>
    public async Task<SyncRun> RunAsync(Guid runId, CancellationToken cancellation)
    {
        SyncRun run;
        using (db.ForInstallation()) run = await db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).SingleAsync(r => r.Id == runId, cancellation);
        db.Enter(run.OrganizationId);
        var connection = await db.Connections.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .SingleAsync(c => c.Id == run.ConnectionId, cancellation);
        using var scope = logger.BeginScope(new KeyValuePair<string, object>[] { new("OrganizationId", run.OrganizationId), new("SyncRunId", run.Id) });
        using var activity = SyncMeter.Start("sync", run);
        run.Start(time.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        LogStarted(run.Connector, run.OrganizationId, run.Id);
        await using var watch = new RunWatch(database, run, time, cancellation);
        run = await GuardAsync(run, connection, watch, () => ReadAsync(run, connection, watch.Reading), cancellation);
        // What was read becomes numbers before the run is called done; killed in between, it is taken up again.
        run = await GuardAsync(run, connection, watch, () => LinkAsync(run, cancellation), cancellation);
        db.Entry(run).Property(r => r.Phase).IsModified = true; // written beside, while linking
        await db.SaveChangesAsync(cancellation);
        meter.Count(run);
        LogEnded(run.Connector, run.OrganizationId, run.Id, run.Outcome?.ToString() ?? "parked");
        return run;
    }

    private async Task ReadAsync(SyncRun run, Connection connection, CancellationToken cancellation)
    {
        if (!connection.IsConnected || await IsCancelledAsync(run, cancellation))
        {
            run.Finish(SyncOutcome.Cancelled, null, time.GetUtcNow());
            return;
        }
        var connector = catalog.Find(run.Connector) ?? throw new InvalidOperationException($"No connector is named {run.Connector}.");
        await using var ahead = new ReadAhead(cancellation);
        var request = await RequestAsync(run, connection, ahead, cancellation);
        ahead.Start(reading => connector.FetchAsync(request, reading));
        await foreach (var group in ahead.GroupsAsync(cancellation))
        {
            using (SyncMeter.Start("store", run)) await store.StoreAsync(run, connection, group, cancellation);
            if (!await IsCancelledAsync(run, cancellation)) continue;
            run.Finish(SyncOutcome.Cancelled, null, time.GetUtcNow());
            return;
        }
        connection.Accepted();
        run.Finish(SyncOutcome.Done, null, time.GetUtcNow());
    }

    private async Task LinkAsync(SyncRun run, CancellationToken cancellation)
    {
        var runs = db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]);
        var isFollowed = await runs.AnyAsync(r => r.ConnectionId == run.ConnectionId && r.FinishedAt == null && r.Id != run.Id, cancellation);
        if (isFollowed && !run.IsOpen) return;
        await runs.Where(r => r.Id == run.Id).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Phase, LinkingPhase).SetProperty(r => r.Pace, (SyncPace?)null), cancellation);
        using var activity = SyncMeter.Start("link", run);
        await names.FollowAsync(run, cancellation);
        await after.LinkAsync(run.OrganizationId, cancellation);
    }

    /// <summary>Turns what goes wrong into the run's outcome; only a database that is away leaves the run open.</summary>
    private async Task<SyncRun> GuardAsync(SyncRun run, Connection connection, RunWatch watch, Func<Task> step, CancellationToken cancellation)
    {
        try
        {
            await step();
        }
        catch (ConnectorException refused)
        {
            Conclude(run, connection, refused);
        }
        catch (OperationCanceledException) when (watch.IsCancelRequested && !cancellation.IsCancellationRequested)
        {
            run = await RereadAsync(run, cancellation);
            run.Finish(SyncOutcome.Cancelled, null, time.GetUtcNow());
        }
        catch (Exception bug) when (bug is not OperationCanceledException && !DatabaseAway.IsBehind(bug))
        {
            LogFailed(bug, run.Connector, run.OrganizationId, run.Id);
            run = await RereadAsync(run, cancellation);
            run.Finish(SyncOutcome.Failed, "Something went wrong inside Veelocity; nothing stored was lost. The log has the details.", time.GetUtcNow());
        }
        return run;
    }

    // As it was stored last: nothing that was only about to be written.
    private Task<SyncRun> RereadAsync(SyncRun run, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        return db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).SingleAsync(r => r.Id == run.Id, cancellation);
    }

    private async Task<FetchRequest> RequestAsync(SyncRun run, Connection connection, ReadAhead ahead, CancellationToken cancellation)
    {
        var excludesByPath = await db.Organizations.AnyAsync(o => o.Id == connection.OrganizationId && o.ExcludedPathPattern != "", cancellation);
        var repositories = await db.Repositories.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(r => r.ConnectionId == connection.Id)
            .OrderByDescending(r => r.PushedAt)
            .Select(r => new KnownRepository(r.ExternalId, r.FullName, r.DefaultBranch, r.IsArchived, r.PushedAt,
                excludesByPath || db.Services.IgnoreQueryFilters(new[] { VeelocityDb.OrganizationFilter }).Any(s => (s.RepositoryId == r.Id && s.PathGlobs.Length > 0) || (s.SourceRepositoryId == r.Id && s.SourcePaths.Length > 0)),
                r.NodeId, r.GoneAt != null))
            .ToListAsync(cancellation);
        var selected = connection.SelectedRepositories?.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new FetchRequest(
            await credentials.OpenAsync(connection, cancellation),
            selected is null ? repositories : [.. repositories.Where(r => selected.Contains(r.FullName))],
            selected,
            await cursors.ReadAsync(connection.Id, run, cancellation),
            run.IsFull,
            history.Start(),
            gaps.Of(connection.OrganizationId, ahead.SettleAsync))
        {
            RequestedAt = run.RequestedAt,
            WantsJobs = await WantedJobs.OfAsync(db, connection.OrganizationId, cancellation),
            ChannelPatterns = await ChannelPatterns.OfAsync(db, connection.OrganizationId, cancellation),
        };
    }

    private Task<bool> IsCancelledAsync(SyncRun run, CancellationToken cancellation) =>
        db.SyncRuns.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .AnyAsync(r => r.Id == run.Id && r.CancelRequestedAt != null, cancellation);

    private void Conclude(SyncRun run, Connection connection, ConnectorException refused)
    {
        var now = time.GetUtcNow();
        if (refused.Fault == ConnectorFault.RateLimited)
        {
            run.Park(refused.Until ?? now.AddMinutes(1), refused.Message);
            return;
        }
        if (refused.IsRefusal) connection.Refused(refused.Message, now);
        var outcome = refused.IsRefusal ? SyncOutcome.Unauthorized
            : refused.Fault is ConnectorFault.Unreachable or ConnectorFault.AddressRefused ? SyncOutcome.Unreachable
            : SyncOutcome.Failed;
        run.Finish(outcome, refused.Message, now);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sync {RunId} of {Connector} for organization {OrganizationId} starts")]
    private partial void LogStarted(string connector, Guid organizationId, Guid runId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sync {RunId} of {Connector} for organization {OrganizationId} ended: {Outcome}")]
    private partial void LogEnded(string connector, Guid organizationId, Guid runId, string outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sync {RunId} of {Connector} for organization {OrganizationId} failed")]
    private partial void LogFailed(Exception bug, string connector, Guid organizationId, Guid runId);
}
