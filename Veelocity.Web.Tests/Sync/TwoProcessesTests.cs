using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Simulator;

namespace Veelocity.Web.Tests.Sync;

public sealed partial class TwoProcessesTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_on_one_database_share_the_work_and_never_run_one_connector_twice_at_once()
    {
        await using var github = await GitHubSimulator.StartAsync(
            SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 40 }), cancel: cancellation);
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var connections = new List<Connection>();
        for (var i = 0; i < 3; i++) connections.Add((await host.FoundAndConnectAsync("github")).Connection);
        github.Faults.Add(new Fault(FaultKind.Slow) { DelayMilliseconds = 15 });

        await using var one = host.Start(github.BaseUrl, ["worker"], ("Sync__Concurrency", "2"));
        await using var other = host.Start(github.BaseUrl, ["worker"], ("Sync__Concurrency", "2"));
        await Task.WhenAll(one.ReadyAsync(cancellation), other.ReadyAsync(cancellation));
        for (var round = 0; round < 3; round++)
        {
            foreach (var connection in connections) await host.RequestAsync(connection, isFull: round % 2 == 1);
            await Task.Delay(1_500, cancellation);
        }
        var runs = await UntilAllEndedAsync(host);

        Assert.All(runs, run => Assert.Equal((SyncOutcome.Done, null), (run.Outcome, run.Error)));
        var starts = Starts(one.Output).Concat(Starts(other.Output)).ToList();
        Assert.Equal(runs.Select(run => run.Id).Order(), starts.Order());
        Assert.InRange(Starts(one.Output).Count, 2, starts.Count - 2);
        foreach (var ofOne in runs.GroupBy(run => run.ConnectionId))
        {
            var inOrder = ofOne.OrderBy(run => run.StartedAt).ToList();
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.First.FinishedAt <= pair.Second.StartedAt, "Two runs of one connection at once"));
        }
        var expected = await host.ContentsAsync(connections[0].OrganizationId);
        foreach (var connection in connections.Skip(1)) Assert.Equal(expected, await host.ContentsAsync(connection.OrganizationId));
    }

    private async Task<List<SyncRun>> UntilAllEndedAsync(SyncHost host)
    {
        List<SyncRun> runs = [];
        await Wait.UntilAsync(
            async () =>
            {
                await using var db = host.Database.Open();
                runs = await db.SyncRuns.IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellation);
                return runs.TrueForAll(run => !run.IsOpen);
            },
            "The runs do not end");
        return runs;
    }

    private static List<Guid> Starts(string output) => [.. Started().Matches(output).Select(line => Guid.Parse(line.Groups["run"].Value))];

    [GeneratedRegex("Sync (?<run>[0-9a-f-]{36}) of [a-z_]+ for organization [0-9a-f-]{36} starts")]
    private static partial Regex Started();
}
