using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Postgres;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Platform.Postgres;

namespace Veelocity.Web.Tests.Sync;

public sealed class DatabaseRestartTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT")] // a fast shutdown, as a restart by its operator
    [InlineData("KILL")] // a crash
    public async Task A_database_that_restarts_in_the_middle_of_a_sync_does_not_lose_it(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals the server");
        using var folder = new TemporaryFolder();
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder.Path, MaxConnections = 50 }, cancellation);
        await using var database = await TestDatabase.OnAsync(postgres.ConnectionString);
        var gate = new TaskCompletionSource();
        var connector = new ScriptedConnector(6) { IsPatient = true, Before = step => step == 3 ? gate.Task : Task.CompletedTask };
        await using var host = await SyncHost.StartAsync(added: connector, on: database);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        await host.StartWorkerAsync();
        await host.UntilAsync(connected.Runs[0].Id, run => run.DoneItems == 3);

        await EndAsync(postgres, signal);
        gate.SetResult();
        await Task.Delay(500, cancellation); // the run meets a database that is not there
        await postgres.ReviveAsync(cancellation);

        var ended = await UntilEndedAsync(host, connected.Runs[0].Id);
        Assert.Equal((SyncOutcome.Done, null), (ended.Outcome, ended.Error));
        Assert.Equal(0, connector.Starts[0]);
        Assert.All(connector.Starts.Skip(1), start => Assert.Equal(3, start));
        Assert.InRange(connector.Starts.Count, 2, 10);
        var counts = await host.CountAsync(connected.Connection.OrganizationId);
        Assert.Equal((6, 18, 18), (counts["repositories"], counts["pull_requests"], counts["reviews"]));
    }

    private async Task EndAsync(EmbeddedPostgres postgres, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, postgres.ProcessId!.Value.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellation);
        await Wait.UntilAsync(() => postgres.ProcessId is null, () => "The server is still running.");
    }

    private async Task<SyncRun> UntilEndedAsync(SyncHost host, Guid runId)
    {
        SyncRun? run = null;
        await Wait.UntilAsync(
            async () =>
            {
                try
                {
                    await using var db = host.Database.Open();
                    run = await db.SyncRuns.IgnoreQueryFilters().AsNoTracking().SingleAsync(r => r.Id == runId, cancellation);
                    return !run.IsOpen;
                }
                catch (Exception away) when (away is NpgsqlException or InvalidOperationException)
                {
                    return false; // this test's own pool meets the restart as well
                }
            },
            "The run was lost");
        return run!;
    }
}
