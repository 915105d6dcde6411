using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Linear;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;
using Veelocity.Web.Sync;
using Veelocity.Web.Tests.Sync.Linear;

namespace Veelocity.Web.Tests.Sync;

/// <summary>Syncs on a machine whose clock is off: nothing that happens at the provider is passed over for it.</summary>
public sealed class WrongClockTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public static TheoryData<double> Hours => [6, -6];

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task What_happens_in_Linear_after_a_sync_by_a_wrong_clock_is_read_by_the_next(double ahead)
    {
        var clock = new WrongClock(TimeSpan.FromHours(ahead));
        await using var world = await LinearWorld.StartAsync(time: clock);
        var kept = world.Linear.Issue(world.Web, "Kept", world.At(1));
        var deleted = world.Linear.Issue(world.Web, "Deleted", world.At(2));
        Assert.Equal(SyncOutcome.Done, Assert.Single(await world.ConnectAsync()).Outcome);
        Assert.Equal(SyncOutcome.Done, (await world.SyncAsync(isFull: true)).Outcome);

        clock.Mend();
        kept.Move(LinearState.InProgress, DateTimeOffset.UtcNow);
        world.Linear.Issue(world.Web, "New", DateTimeOffset.UtcNow);
        Assert.Equal(SyncOutcome.Done, (await world.SyncAsync()).Outcome);
        Assert.Equal("started", (await world.IssueAsync(kept.Identifier)).StateType);
        world.Linear.Delete(deleted);
        Assert.Equal(SyncOutcome.Done, (await world.SyncAsync(isFull: true)).Outcome);
        Assert.Equal(["WEB-1", "WEB-3"], await world.IssuesAsync());
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task What_happens_on_GitHub_after_a_sync_by_a_wrong_clock_is_read_by_the_next(double ahead)
    {
        var clock = new WrongClock(TimeSpan.FromHours(ahead));
        await using var github = await GitHubSimulator.StartAsync(SeededWorld.Create(new SeedOptions { Now = DateTimeOffset.UtcNow, PullRequests = 60 }), cancel: cancellation);
        await using var host = await SyncHost.StartAsync(github.BaseUrl, time: clock);
        var connected = await host.FoundAndConnectAsync("github");
        Assert.All(await host.RunAllAsync(connected.Runs), run => Assert.Equal(SyncOutcome.Done, run.Outcome));

        clock.Mend();
        var pull = github.World.Repositories.SelectMany(repository => repository.PullRequests).MinBy(pull => pull.UpdatedAt)!;
        (pull.Title, pull.UpdatedAt) = ("Changed after the clock was mended", DateTimeOffset.UtcNow);
        await host.RunAllAsync(await host.RequestAsync(connected.Connection));
        await using var db = host.Database.Open();
        Assert.Equal(1, await db.PullRequests.IgnoreQueryFilters().CountAsync(p => p.Title == pull.Title, cancellation));
    }

    [Fact]
    public async Task Syncs_asked_for_by_a_clock_that_was_days_ahead_do_not_keep_the_schedule_waiting_until_then()
    {
        var clock = new WrongClock(TimeSpan.FromDays(3));
        await using var host = await SyncHost.StartAsync(added: new ScriptedConnector(1), time: clock);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        await host.RunAllAsync(connected.Runs);

        clock.Mend();
        await host.UseAsync(async (ScheduledSync schedule) =>
        {
            await schedule.Invoke();
            return true;
        });
        await using var db = host.Database.Open();
        var open = Assert.Single(await db.SyncRuns.IgnoreQueryFilters().Where(run => run.FinishedAt == null && run.Trigger == SyncTrigger.Schedule).ToListAsync(cancellation));
        Assert.Equal(SyncOutcome.Done, (await host.RunAsync(open.Id)).Outcome);
    }
}
