using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Veelocity.Web.Data;
using Veelocity.Web.Sync.Webhooks;
using static Veelocity.Web.Tests.Sync.Webhooks.Deliveries;

namespace Veelocity.Web.Tests.Sync.Webhooks;

/// <summary>Deliveries that several instances, or a sync beside them, have in hand.</summary>
public sealed class SharedDeliveryTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_in_hand_when_the_process_died_is_free_again_and_done_by_another()
    {
        var hanging = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        var dying = new NewsConnector { Before = () => { reached.SetResult(); return hanging.Task; } };
        await using var one = await SyncHost.StartAsync(added: dying);
        var connection = await ConnectAsync(one);
        await PutDownAsync(one, connection, "pull 7", "pull 8");
        using var death = new CancellationTokenSource();
        var work = WorkUntilAsync(one, death.Token);
        await Wait.OnAsync(reached.Task);

        var news = new NewsConnector();
        await using var two = await SyncHost.StartAsync(added: news, on: one.Database);
        await WorkAsync(two);
        Assert.Empty(news.Asked); // in the first one's hands

        await death.CancelAsync();
        hanging.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        await WorkAsync(two);
        Assert.Equal([7, 8], Assert.Single(news.Asked).Order());
        Assert.All(await ReadAsync(two), d => Assert.Equal(DeliveryOutcome.Applied, d.Outcome));
    }

    [Fact]
    public async Task A_message_that_comes_again_while_the_first_is_being_read_is_answered_at_once()
    {
        var hanging = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        var news = new NewsConnector { Before = () => { reached.TrySetResult(); return hanging.Task; } };
        await using var host = await SyncHost.StartAsync(added: news);
        var connection = await ConnectAsync(host);
        await PutDownAsync(host, connection, "pull 7");
        var work = WorkAsync(host);
        await Wait.OnAsync(reached.Task);

        var again = ReceiveAsync(host, connection, Assert.Single(await ReadAsync(host)).DeliveryId);
        Assert.Equal(Reception.Accepted, await Wait.OnAsync(again));
        hanging.SetResult();
        await work;
        Assert.Equal(DeliveryOutcome.Applied, Assert.Single(await ReadAsync(host)).Outcome);
    }

    [Fact]
    public async Task Two_instances_share_the_work_and_never_read_one_repository_at_once()
    {
        var news = new NewsConnector { Before = () => Task.Delay(20) };
        await using var one = await SyncHost.StartAsync(added: news);
        await using var two = await SyncHost.StartAsync(added: news, on: one.Database);
        var connection = await ConnectAsync(one);
        var stop = new CancellationTokenSource();
        var workers = new[] { one, two }.Select(host => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await WorkAsync(host);
        })).ToList();
        for (var number = 1; number <= 25; number++)
        {
            await PutDownAsync(one, connection, $"pull {number}");
            await Task.Delay(10, Now);
        }
        await Wait.UntilAsync(async () => (await ReadAsync(one)).TrueForAll(d => d.FinishedAt is not null), "Some delivery stays open.");
        await stop.CancelAsync();
        await Task.WhenAll(workers);

        Assert.Equal(1, news.MostAtOnce);
        Assert.Equal(Enumerable.Range(1, 25), news.Asked.SelectMany(numbers => numbers).Order());
        Assert.Equal(25, (await one.CountAsync(connection.OrganizationId))["pull_requests"]);
    }

    [Fact]
    public async Task While_a_sync_is_under_way_news_are_read_at_once_and_once_more_after_it()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var news = new NewsConnector();
        await using var host = await SyncHost.StartAsync(added: news, time: time);
        var connection = await ConnectAsync(host);
        var run = (await host.RequestAsync(connection))[0];
        await using (var db = host.Database.Open())
        {
            await db.SyncRuns.IgnoreQueryFilters().Where(r => r.Id == run.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.StartedAt, time.GetUtcNow()), Now);
        }
        await PutDownAsync(host, connection, "pull 7");
        await WorkAsync(host);
        var applied = Assert.Single(await ReadAsync(host));
        Assert.Equal((true, null), (applied.AppliedAt is not null, applied.FinishedAt));
        time.SetUtcNow(applied.DueAt.AddSeconds(1));
        await WorkAsync(host);
        Assert.Single(news.Asked); // the sync is still at it

        Assert.Equal(SyncOutcome.Done, (await host.RunAsync(run.Id)).Outcome);
        time.Advance(TimeSpan.FromMinutes(1));
        await WorkAsync(host);
        Assert.Equal(2, news.Asked.Count);
        Assert.NotNull(Assert.Single(await ReadAsync(host)).FinishedAt);
    }
}
