using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Sync;

public sealed class SyncWorkerTests
{
    [Fact]
    public async Task Two_workers_on_one_database_never_sync_one_connection_at_once()
    {
        var connector = new ScriptedConnector(3) { Before = _ => Task.Delay(20, TestContext.Current.CancellationToken) };
        await using var one = await SyncHost.StartAsync(added: connector);
        await using var other = await SyncHost.StartAsync(added: connector, on: one.Database);
        await one.StartWorkerAsync();
        await other.StartWorkerAsync();
        var connections = new List<Connection>();
        foreach (var token in new[] { "first", "second", "third" })
            connections.Add((await one.FoundAndConnectAsync(ScriptedConnector.Kind, token)).Connection);

        var requested = new HashSet<Guid>();
        for (var round = 0; round < 6; round++)
        {
            foreach (var connection in connections)
            {
                var runs = await (round % 2 == 0 ? one : other).RequestAsync(connection);
                requested.UnionWith(runs.Select(run => run.Id));
            }
            await Task.Delay(60, TestContext.Current.CancellationToken);
        }
        foreach (var id in requested)
            Assert.Equal(SyncOutcome.Done, (await one.UntilAsync(id, run => !run.IsOpen)).Outcome);

        Assert.Equal(1, connector.MostAtOnce);
        foreach (var connection in connections)
            Assert.Equal(9, (await one.CountAsync(connection.OrganizationId))["pull_requests"]);
    }

    [Fact]
    public async Task A_worker_that_stops_leaves_the_run_to_the_next()
    {
        var gate = new TaskCompletionSource();
        var connector = new ScriptedConnector(3) { Before = step => step == 1 ? gate.Task : Task.CompletedTask };
        await using var stopping = await SyncHost.StartAsync(added: connector);
        await using var next = await SyncHost.StartAsync(added: connector, on: stopping.Database);
        var connected = await stopping.FoundAndConnectAsync(ScriptedConnector.Kind);
        await stopping.StartWorkerAsync();
        await stopping.UntilAsync(connected.Runs[0].Id, run => run.DoneItems == 1);

        var stopped = stopping.StopWorkerAsync();
        gate.SetResult();
        await stopped;
        Assert.True((await stopping.ReadAsync(connected.Runs[0].Id)).IsOpen);
        await next.StartWorkerAsync();

        var run = await next.UntilAsync(connected.Runs[0].Id, run => !run.IsOpen);
        Assert.Equal((SyncOutcome.Done, 3), (run.Outcome, run.Requests));
        Assert.Equal([0, 1], connector.Starts);
    }

    [Fact]
    public async Task What_was_synced_is_linked_and_the_data_version_rises_once()
    {
        await using var host = await SyncHost.StartAsync(added: new ScriptedConnector(3));
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        await host.StartWorkerAsync();
        await host.UntilAsync(connected.Runs[0].Id, run => !run.IsOpen);

        await Wait.UntilAsync(async () => await VersionAsync(host, connected.Connection.OrganizationId) > 0, "The data version does not rise.");
        Assert.Equal(1, await VersionAsync(host, connected.Connection.OrganizationId));

        var again = (await host.RequestAsync(connected.Connection))[0];
        await host.UntilAsync(again.Id, run => !run.IsOpen);
        await host.StopWorkerAsync();
        Assert.Equal(1, await VersionAsync(host, connected.Connection.OrganizationId));
    }

    private static async Task<long> VersionAsync(SyncHost host, Guid organizationId)
    {
        await using var db = host.Database.Open();
        return (await db.Organizations.FindAsync([organizationId], TestContext.Current.CancellationToken))!.DataVersion;
    }
}
