using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Startup;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Commands;

/// <summary>
/// One sync from the command line, for a CronJob: requests it, carries out what no other instance is at, waits for the rest, and says how
/// each run ended.
/// </summary>
internal sealed class SyncNow(IServiceProvider services, SyncReport report)
{
    private const int Interrupted = 130;
    private const int MostFailures = 300; // with the patience between them, five minutes
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static readonly Command Command = new(
        "sync", "[--organization SLUG] [--full]", "Syncs everything that is connected once, and ends",
        """

          --organization SLUG   only this organization
          --full                read everything again, not only what changed

        Waits while a rate limit lasts. The exit code is 0 when every sync ended well, 1 when one did not (its reason is printed), and 130
        when it was interrupted: what was begun goes on with the next sync.
        """)
    {
        KeepsAddressFree = true,
        Configure = (_, arguments) => SyncArguments.Parse(arguments),
        RunAsync = async (app, arguments) =>
        {
            using var stop = new CancellationTokenSource();
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
            var catalog = app.Services.GetRequiredService<ConnectorCatalog>();
            var now = new SyncNow(app.Services, new SyncReport(catalog, Console.Out, Console.Error));
            return await now.RunAsync(SyncArguments.Parse(arguments), stop.Token);
        },
    };

    private async Task<int> RunAsync(SyncArguments arguments, CancellationToken cancellation)
    {
        var asked = new List<(Guid RunId, string Organization)>();
        try
        {
            await RequestAsync(arguments, asked, cancellation);
            if (asked.Count == 0 && !report.HasTrouble) report.Say("Nothing is connected, so there is nothing to sync.");
            await FinishAsync([.. asked.Select(run => run.RunId)], asked.ToDictionary(run => run.RunId, run => run.Organization), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            report.Complain("Interrupted. What was begun goes on with the next sync.");
            return Interrupted;
        }
        return report.HasTrouble ? 1 : 0;
    }

    private async Task RequestAsync(SyncArguments arguments, List<(Guid, string)> asked, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, requests) = (scope.ServiceProvider.GetRequiredService<VeelocityDb>(), scope.ServiceProvider.GetRequiredService<SyncRequests>());
        List<Organization> organizations;
        using (db.ForInstallation())
        {
            organizations = await db.Organizations.AsNoTracking()
                .Where(o => arguments.Organization == null || o.Slug == arguments.Organization)
                .OrderBy(o => o.Slug).ToListAsync(cancellation);
        }
        if (organizations.Count == 0 && arguments.Organization is { } unknown)
            throw new StartupException($"There is no organization '{unknown}'. Its slug is the part after /o/ in the address of its pages.");
        foreach (var organization in organizations)
        {
            db.Scope = RowScope.Of(organization.Id);
            var connections = await db.Connections.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                .Where(c => c.OrganizationId == organization.Id && c.ProtectedSecret != null).ToListAsync(cancellation);
            foreach (var connection in connections)
            {
                // Asked for by name, a token is tried even so: it may have been let in meanwhile.
                if (connection.RefusedAt is not null && arguments.Organization is null)
                {
                    report.Complain($"{organization.Slug} · {connection.Kind}: not synced, because the token is refused. {connection.RefusedReason}");
                    continue;
                }
                var runs = await requests.RequestAsync(organization.Id, connection.Id, SyncTrigger.Command, arguments.IsFull, cancellation);
                asked.AddRange(runs.Select(run => (run.Id, organization.Slug)));
            }
        }
    }

    private async Task FinishAsync(List<Guid> open, Dictionary<Guid, string> organizations, CancellationToken cancellation)
    {
        for (var failures = 0; open.Count > 0;)
        {
            try
            {
                open = await AdvanceAsync(open, organizations, cancellation);
                failures = 0;
                if (open.Count > 0) await Task.Delay(Patience, cancellation);
            }
            catch (Exception away) when (DatabaseAway.IsBehind(away) && ++failures <= MostFailures)
            {
                if (failures == 1) report.Say("The database does not answer; trying again.");
                await Task.Delay(Patience, cancellation);
            }
        }
    }

    /// <summary>Works on what nobody else is at; answers what is open still.</summary>
    private async Task<List<Guid>> AdvanceAsync(List<Guid> open, Dictionary<Guid, string> organizations, CancellationToken cancellation)
    {
        var work = services.GetRequiredService<ConnectionWork>();
        var most = services.GetRequiredService<IOptions<SyncOptions>>().Value.Concurrency;
        var connections = (await ReadAsync(open, cancellation)).Where(run => run.IsOpen).Select(run => run.ConnectionId).Distinct();
        await Parallel.ForEachAsync(connections, new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = cancellation }, async (connection, stopping) =>
        {
            try
            {
                await work.TryAsync(connection, stopping);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                // The lock was lost with the database; the next look takes the run up again.
            }
        });
        var runs = await ReadAsync(open, cancellation);
        foreach (var ended in runs.Where(run => !run.IsOpen)) report.Ended(organizations[ended.Id], ended);
        foreach (var parked in runs.Where(run => run.IsOpen && run.ParkedUntil is not null)) report.Waits(organizations[parked.Id], parked);
        return [.. runs.Where(run => run.IsOpen).Select(run => run.Id)];
    }

    private async Task<List<SyncRun>> ReadAsync(List<Guid> ids, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VeelocityDb>();
        using var installation = db.ForInstallation();
        return await db.SyncRuns.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(run => ids.Contains(run.Id)).OrderBy(run => run.FinishedAt).ToListAsync(cancellation);
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
