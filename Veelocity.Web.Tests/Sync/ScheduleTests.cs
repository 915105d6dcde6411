using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;
using Veelocity.Web.Sync;
using Veelocity.Web.Tests.Simulator;

namespace Veelocity.Web.Tests.Sync;

public sealed class ScheduleTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider time = new(Sample.At);

    [Fact]
    public async Task A_sync_is_asked_for_every_quarter_of_an_hour_and_once_only()
    {
        await using var host = await SyncHost.StartAsync(added: new ScriptedConnector(1), time: time);
        await using var other = await SyncHost.StartAsync(added: new ScriptedConnector(1), time: time, on: host.Database);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        await host.RunAllAsync(connected.Runs);

        await TickAsync(host, minutes: 14);
        Assert.Empty(await OpenAsync(host));
        await TickAsync(host, minutes: 1);
        var run = Assert.Single(await OpenAsync(host));
        Assert.Equal((SyncTrigger.Schedule, false), (run.Trigger, run.IsFull));
        await host.RunAsync(run.Id);
        await TickAsync(other, minutes: 0);
        await TickAsync(host, minutes: 14);
        Assert.Empty(await OpenAsync(host));
    }

    [Fact]
    public async Task The_daily_full_sync_does_not_vanish_in_an_incremental_one_that_is_open()
    {
        await using var host = await SyncHost.StartAsync(added: new ScriptedConnector(1), time: time);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        await host.RunAllAsync(connected.Runs);
        time.SetUtcNow(new DateTimeOffset(2026, 3, 3, 2, 59, 50, TimeSpan.Zero));
        var open = Assert.Single(await host.RequestAsync(connected.Connection));

        await TickAsync(host, minutes: 1);

        var runs = await OpenAsync(host);
        Assert.Equal([(open.Id, false), (runs[1].Id, true)], runs.Select(run => (run.Id, run.IsFull)));
        Assert.Equal([open.Id], (await host.RequestAsync(connected.Connection)).Select(run => run.Id));
        Assert.Equal([runs[1].Id], (await host.RequestAsync(connected.Connection, isFull: true)).Select(run => run.Id));
        await host.StartWorkerAsync();
        foreach (var run in runs) Assert.Equal(SyncOutcome.Done, (await host.UntilAsync(run.Id, r => !r.IsOpen)).Outcome);
    }

    [Fact]
    public async Task A_full_sync_missed_while_nobody_ran_is_caught_up()
    {
        await using var host = await SyncHost.StartAsync(added: new ScriptedConnector(1), time: time);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        await host.RunAllAsync(connected.Runs);
        time.SetUtcNow(new DateTimeOffset(2026, 3, 3, 8, 20, 0, TimeSpan.Zero));

        await TickAsync(host, minutes: 0);
        var full = Assert.Single(await OpenAsync(host));
        Assert.True(full.IsFull);
        await host.RunAsync(full.Id);
        await TickAsync(host, minutes: 20);
        Assert.False(Assert.Single(await OpenAsync(host)).IsFull);
    }

    [Fact]
    public async Task The_scheduled_full_sync_reads_everything_again_and_finds_what_changed_unnoticed()
    {
        await using var github = await GitHubSimulator.StartAsync(
            SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 60 }), cancel: cancellation);
        await using var host = await SyncHost.StartAsync(github.BaseUrl, time: time);
        var connected = await host.FoundAndConnectAsync("github");
        await host.RunAllAsync(connected.Runs);
        // A change that moves no date by which an incremental sync could tell.
        var changed = github.World.Repositories.SelectMany(repository => repository.PullRequests).MinBy(pull => pull.UpdatedAt)!;
        changed.Title = "Renamed without a trace";

        await TickAsync(host, minutes: 16);
        await host.RunAllAsync(await OpenAsync(host));
        Assert.Equal(0, await NamedAsync(host));

        time.SetUtcNow(new DateTimeOffset(2026, 3, 3, 3, 0, 20, TimeSpan.Zero));
        await TickAsync(host, minutes: 0);
        var full = await OpenAsync(host);
        Assert.All(full, run => Assert.True(run.IsFull));
        await host.RunAllAsync(full);
        Assert.Equal(1, await NamedAsync(host));
    }

    [Theory]
    [InlineData(15, null, "2026-03-02T10:07:00Z", "2026-03-02T10:39:00Z", false)]
    [InlineData(15, null, "2026-03-02T10:07:00Z", "2026-03-02T10:41:00Z", true)]
    [InlineData(0, null, "2026-03-02T10:07:00Z", "2026-03-03T10:07:00Z", false)]
    [InlineData(0, null, "2026-03-02T10:07:00Z", "2026-03-04T10:07:00Z", true)]
    [InlineData(15, "0 9 * * 1-5", "2026-03-02T10:07:00Z", "2026-03-03T09:05:00Z", false)]
    [InlineData(15, "0 9 * * 1-5", "2026-03-02T10:07:00Z", "2026-03-03T09:11:00Z", true)]
    public void Data_is_stale_when_the_sync_after_it_is_overdue(int every, string? cron, string asOf, string now, bool isStale)
    {
        var schedule = new SyncSchedule(Options.Create(new SyncOptions { EveryMinutes = every, Cron = cron }));
        Assert.Equal(isStale, schedule.IsStale(DateTimeOffset.Parse(asOf, null), DateTimeOffset.Parse(now, null)));
    }

    private async Task TickAsync(SyncHost host, int minutes)
    {
        time.Advance(TimeSpan.FromMinutes(minutes));
        await host.UseAsync(async (ScheduledSync schedule) =>
        {
            await schedule.Invoke();
            return true;
        });
    }

    private async Task<List<SyncRun>> OpenAsync(SyncHost host)
    {
        await using var db = host.Database.Open();
        return await db.SyncRuns.IgnoreQueryFilters().Where(run => run.FinishedAt == null)
            .OrderBy(run => run.IsFull).ThenBy(run => run.Connector).ToListAsync(cancellation);
    }

    private async Task<int> NamedAsync(SyncHost host)
    {
        await using var db = host.Database.Open();
        return await db.PullRequests.IgnoreQueryFilters().CountAsync(pull => pull.Title == "Renamed without a trace", cancellation);
    }
}
