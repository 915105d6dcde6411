using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Sync;

public sealed class FullDiskSyncTests
{
    [Fact]
    public async Task A_sync_that_meets_a_full_disk_keeps_its_last_whole_batch_and_goes_on_behind_it_once_there_is_room()
    {
        var gate = new TaskCompletionSource();
        var connector = new ScriptedConnector(6) { IsPatient = true, Before = step => step == 3 ? gate.Task : Task.CompletedTask };
        await using var host = await SyncHost.StartAsync(added: connector);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        await host.StartWorkerAsync();
        await host.UntilAsync(connected.Runs[0].Id, run => run.DoneItems == 3);

        await using (var disk = await FullDisk.FillAsync(host.Database.ConnectionString))
        {
            gate.SetResult();
            await disk.RejectedAsync("repositories");
            var stuck = await host.ReadAsync(connected.Runs[0].Id);
            Assert.Equal((true, 3), (stuck.IsOpen, stuck.DoneItems));
        }

        var ended = await host.UntilAsync(connected.Runs[0].Id, run => !run.IsOpen);
        Assert.Equal((SyncOutcome.Done, null), (ended.Outcome, ended.Error));
        Assert.Equal(0, connector.Starts[0]);
        Assert.All(connector.Starts.Skip(1), start => Assert.Equal(3, start));
        Assert.True(connector.Starts.Count > 1);
        var counts = await host.CountAsync(connected.Connection.OrganizationId);
        Assert.Equal((6, 18, 18), (counts["repositories"], counts["pull_requests"], counts["reviews"]));
    }
}
