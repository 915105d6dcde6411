using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Platform;
using Veelocity.Web.Tests.Simulator;

namespace Veelocity.Web.Tests.Sync;

/// <summary>The app itself, killed (SIGKILL) at random moments of its syncs. VEELOCITY_KILLS sets how often, VEELOCITY_KILL_SEED when.</summary>
public sealed class KilledSyncTests
{
    private static readonly int Kills = Setting("VEELOCITY_KILLS", 4);
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_killed_at_any_moment_loses_nothing_and_doubles_nothing()
    {
        var seed = Setting("VEELOCITY_KILL_SEED", Random.Shared.Next());
        var dice = new Random(seed);
        await using var github = await GitHubSimulator.StartAsync(
            SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 150 }), cancel: cancellation);
        await using var killed = await SyncHost.StartAsync(github.BaseUrl);
        await using var steady = await SyncHost.StartAsync(github.BaseUrl);
        var (organization, connection) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var connected = await killed.FoundTwinAsync(organization, connection, "github");
        await steady.RunAllAsync((await steady.FoundTwinAsync(organization, connection, "github")).Runs);
        github.Faults.Add(new Fault(FaultKind.Slow) { DelayMilliseconds = 60_000 });

        var strikes = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            if ((await OpenAsync(killed)).Count == 0) await killed.RequestAsync(connected.Connection, isFull: true);
            await using var app = killed.Start(github.BaseUrl, ["worker"]);
            await app.ReadyAsync(cancellation);
            // The first is always killed while it syncs: GitHub keeps it waiting. Most others are, too; some while starting.
            if (kill == 0) await killed.UntilAsync(connected.Runs[0].Id, run => run.StartedAt is not null);
            else
            {
                if (dice.Next(5) > 0) await UntilAtWorkAsync(app);
                await Task.Delay(dice.Next(1_200), cancellation);
            }
            await app.KillAsync(cancellation);
            strikes += (await OpenAsync(killed)).Exists(run => run.StartedAt is not null) ? 1 : 0;
            if (kill > 0) continue;
            github.Faults.Clear();
            github.Faults.Add(new Fault(FaultKind.Slow) { DelayMilliseconds = 25 });
        }
        github.Faults.Clear();
        await using var last = killed.Start(github.BaseUrl, ["worker"]);
        await last.ReadyAsync(cancellation);
        foreach (var run in await OpenAsync(killed))
        {
            var ended = await killed.UntilAsync(run.Id, r => !r.IsOpen);
            Assert.Equal((SyncOutcome.Done, null), (ended.Outcome, ended.Error));
            Assert.Empty(ended.Problems);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{strikes} of {Kills} kills struck a run at work; seed {seed}");
        Assert.InRange(strikes, Kills / 3, int.MaxValue);
        var (expected, found) = (await steady.RowsAsync(), await killed.RowsAsync());
        Assert.InRange(expected.Count, 1_000, int.MaxValue);
        Assert.Equal([], found.Except(expected, StringComparer.Ordinal).Take(3));
        Assert.Equal([], expected.Except(found, StringComparer.Ordinal).Take(3));
        Assert.Equal(expected.Count, found.Count);
    }

    private static Task UntilAtWorkAsync(AppProcess app) =>
        Wait.UntilAsync(() => app.Output.Contains(" starts", StringComparison.Ordinal), () => app.Output);

    private async Task<List<SyncRun>> OpenAsync(SyncHost host)
    {
        await using var db = host.Database.Open();
        return await db.SyncRuns.IgnoreQueryFilters().Where(run => run.FinishedAt == null).ToListAsync(cancellation);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : otherwise;
}
