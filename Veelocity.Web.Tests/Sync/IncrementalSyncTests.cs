using System.Globalization;
using Veelocity.Simulator;
using Veelocity.Simulator.Histories;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Simulator;

namespace Veelocity.Web.Tests.Sync;

/// <summary>
/// Whatever happens on GitHub, between syncs and in the midst of them: the tables come out as if all had been read at once in the end.
/// <c>VEELOCITY_HISTORIES=100-199</c> tries these seeds in place of the few.
/// </summary>
public sealed class IncrementalSyncTests
{
    // Nothing that a sync looks at every quarter of an hour tells of these: the one at night finds them.
    private static readonly string[] SeenAtNight = ["rerun_run", "rerun_old_run", "delete_account"];

    public static TheoryData<int> Seeds => [.. Asked() ?? [2]];

    public static TheoryData<int> LongSeeds => [.. Asked() ?? [1]];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task After_any_history_incremental_syncs_leave_what_one_first_sync_reads(int seed)
    {
        await using var life = await Life.BeginAsync(seed, RandomHistory.Kinds.Except(SeenAtNight, StringComparer.Ordinal));
        for (var round = 0; round < 6; round++) await life.GoOnAsync(isFull: false);

        await life.CompareAsync();
    }

    [Theory]
    [MemberData(nameof(LongSeeds))]
    public async Task After_weeks_with_reruns_a_sync_at_night_leaves_what_one_first_sync_reads(int seed)
    {
        await using var life = await Life.BeginAsync(seed + 10_000, RandomHistory.Kinds);
        // A run can be repeated for thirty days and a full sync looks back for 32, so no more than two may pass between full ones.
        for (var round = 0; round < 10; round++)
        {
            if (round % 2 == 1) life.Wait(TimeSpan.FromDays(0.9));
            await life.GoOnAsync(isFull: round % 2 == 1);
        }
        await life.SyncAsync(isFull: true);

        await life.CompareAsync();
    }

    private static IEnumerable<int>? Asked() =>
        Environment.GetEnvironmentVariable("VEELOCITY_HISTORIES")?.Split('-') is [var first, .. var rest]
            ? Enumerable.Range(
                int.Parse(first, CultureInfo.InvariantCulture),
                int.Parse(rest is [var last] ? last : first, CultureInfo.InvariantCulture) - int.Parse(first, CultureInfo.InvariantCulture) + 1)
            : null;

    /// <summary>A GitHub that lives on, and one organization that is synced with it all the while.</summary>
    private sealed class Life : IAsyncDisposable
    {
        private static readonly Guid Organization = new("0a0a0a0a-0000-7000-8000-000000000001");

        private readonly GitHubSimulator github;
        private readonly RandomHistory history;
        private readonly Random dice;
        private readonly SyncHost host;
        private readonly List<Change> changes = [];
        private Connection connection = null!;
        private bool isBusy;

        private Life(GitHubSimulator github, RandomHistory history, Random dice, SyncHost host) =>
            (this.github, this.history, this.dice, this.host) = (github, history, dice, host);

        public static async Task<Life> BeginAsync(int seed, IEnumerable<string> kinds)
        {
            var now = SimulatedGitHub.Now; // the same history on every day
            var world = SeededWorld.Create(new SeedOptions { Now = now, PullRequests = 60, Seed = seed });
            var served = await GitHubSimulator.StartAsync(world, cancel: TestContext.Current.CancellationToken);
            Life? life = null;
            var app = await SyncHost.StartAsync(
                served.BaseUrl, time: served.Clock, around: inner => new WatchedConnector(inner, () => life!.Interrupt()));
            life = new Life(served, new RandomHistory(world, seed, kinds), new Random(seed), app);
            var connected = await app.FoundAndConnectAsync("github", organizationId: Organization);
            life.connection = connected.Connection;
            await life.RunAsync(connected.Runs);
            return life;
        }

        public void Wait(TimeSpan atMost) => github.Clock.Advance(atMost * dice.NextDouble());

        /// <summary>Some hours with some changes, then a sync in which the world does not stand still.</summary>
        public async Task GoOnAsync(bool isFull)
        {
            for (var left = dice.Next(3, 30); left > 0; left--)
            {
                github.Clock.Advance(TimeSpan.FromMinutes(dice.Next(0, 25)));
                Step();
            }
            isBusy = true;
            await SyncAsync(isFull);
            isBusy = false;
        }

        public async Task SyncAsync(bool isFull)
        {
            github.Clock.Advance(TimeSpan.FromSeconds(1)); // a full sync takes cursors of its own instant for its own
            await RunAsync(await host.RequestAsync(connection, isFull));
        }

        /// <summary>A last sync in peace, then the same into an empty database.</summary>
        public async Task CompareAsync()
        {
            github.Clock.Advance(TimeSpan.FromMinutes(10));
            await SyncAsync(isFull: false);
            await using var fresh = await SyncHost.StartAsync(github.BaseUrl, time: github.Clock);
            var connected = await fresh.FoundAndConnectAsync("github", organizationId: Organization);
            foreach (var run in connected.Runs) Assert.Empty((await fresh.RunAsync(run.Id)).Problems);

            var (kept, read) = await SyncedTables.AlignAsync(host, fresh, Organization, github.Clock.GetUtcNow().AddDays(-31));
            var different = kept.Except(read).Select(row => $"kept {row}").Concat(read.Except(kept).Select(row => $"read {row}")).ToList();
            if (different.Count == 0) return;
            var output = TestContext.Current.TestOutputHelper!;
            foreach (var change in changes) output.WriteLine($"{change.At:MM-dd HH:mm:ss} {change.Kind} {change.Repository}: {change.Description}");
            Assert.Fail($"{different.Count} rows differ after {changes.Count} changes:\n{string.Join('\n', different.Take(30))}");
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            await github.DisposeAsync();
        }

        private async Task RunAsync(IEnumerable<SyncRun> requested)
        {
            foreach (var run in requested)
            {
                var done = await host.RunAsync(run.Id);
                Assert.True(done.Outcome == SyncOutcome.Done, $"{done.Connector} ended {done.Outcome}: {done.Error}");
            }
        }

        private void Interrupt()
        {
            if (isBusy && dice.Next(6) == 0) Step();
        }

        private void Step() => changes.Add(history.Step(github.Clock.GetUtcNow()));
    }

    /// <summary>Has something happen before some of the batches.</summary>
    private sealed class WatchedConnector(IConnector inner, Action before) : IConnector
    {
        public ConnectorInfo Info => inner.Info;

        public Task<CredentialCheck> TestAsync(ConnectorCredentials credentials, CancellationToken cancellation) =>
            inner.TestAsync(credentials, cancellation);

        public async IAsyncEnumerable<FactBatch> FetchAsync(
            FetchRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            before();
            await foreach (var batch in inner.FetchAsync(request, cancellation))
            {
                yield return batch;
                before();
            }
        }
    }
}
