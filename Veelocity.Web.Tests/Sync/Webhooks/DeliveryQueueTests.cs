using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Sync.Webhooks;

namespace Veelocity.Web.Tests.Sync.Webhooks;

/// <summary>What becomes of deliveries after they were put down, whatever happens meanwhile.</summary>
public sealed class DeliveryQueueTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_deliveries_about_one_thing_are_one_reading_and_the_rows_are_there()
    {
        var news = new NewsConnector();
        await using var host = await SyncHost.StartAsync(added: news);
        var connection = await ConnectAsync(host);
        await PutDownAsync(host, connection, [.. Enumerable.Range(0, 30).Select(i => i % 2 == 0 ? "pull 7" : "pull 8")]);

        await WorkAsync(host);

        Assert.Equal([7, 8], Assert.Single(news.Asked).Order());
        Assert.All(await ReadAsync(host), d => Assert.Equal((DeliveryOutcome.Applied, 1), (d.Outcome, d.AppliedAt is null ? 0 : 1)));
        Assert.Equal(2, (await host.CountAsync(connection.OrganizationId))["pull_requests"]);

        await PutDownAsync(host, connection, "pull 7");
        await WorkAsync(host);
        Assert.Equal(DeliveryOutcome.Unchanged, (await ReadAsync(host))[^1].Outcome);
    }

    [Fact]
    public async Task A_provider_that_is_away_is_asked_again_later_and_later_until_it_is_back()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var news = new NewsConnector { Before = () => throw new ConnectorException(ConnectorFault.Unreachable, "github.example could not be reached.") };
        await using var host = await SyncHost.StartAsync(added: news, time: time);
        var connection = await ConnectAsync(host);
        await PutDownAsync(host, connection, "pull 7");

        var pauses = new List<double>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            await WorkAsync(host);
            var waiting = Assert.Single(await ReadAsync(host));
            Assert.Equal((null, "github.example could not be reached."), (waiting.Outcome, waiting.Note));
            pauses.Add((waiting.DueAt - time.GetUtcNow()).TotalSeconds);
            await WorkAsync(host); // not due: nobody is asked
            Assert.Equal(attempt + 1, news.Asked.Count);
            time.SetUtcNow(waiting.DueAt);
        }
        Assert.Equal([5, 15, 45, 135], pauses.Select(pause => Math.Round(pause)));

        news.Before = () => Task.CompletedTask;
        await WorkAsync(host);
        var done = Assert.Single(await ReadAsync(host));
        Assert.Equal((DeliveryOutcome.Applied, null), (done.Outcome, done.Note));
    }

    [Fact]
    public async Task What_never_succeeds_is_given_up_in_words_and_tried_again_when_it_is_sent_again()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var news = new NewsConnector { Before = () => throw new InvalidOperationException("a bug") };
        await using var host = await SyncHost.StartAsync(added: news, time: time);
        var connection = await ConnectAsync(host);
        await PutDownAsync(host, connection, "pull 7");
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await WorkAsync(host);
            time.Advance(TimeSpan.FromMinutes(20));
        }
        var failed = Assert.Single(await ReadAsync(host));
        Assert.Equal(DeliveryOutcome.Failed, failed.Outcome);
        Assert.Contains("the next sync reads it", failed.Note, StringComparison.Ordinal);

        news.Before = () => Task.CompletedTask;
        Assert.Equal(Reception.Accepted, await ReceiveAsync(host, connection, failed.DeliveryId));
        await WorkAsync(host);
        Assert.Equal(DeliveryOutcome.Applied, Assert.Single(await ReadAsync(host)).Outcome);
    }

    [Fact]
    public async Task A_met_limit_is_waited_for_also_by_deliveries_that_come_meanwhile()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var until = time.GetUtcNow().AddMinutes(20);
        var news = new NewsConnector { Before = () => throw new ConnectorException(ConnectorFault.RateLimited, "The limit is used up.", until) };
        await using var host = await SyncHost.StartAsync(added: news, time: time);
        var connection = await ConnectAsync(host);
        await PutDownAsync(host, connection, "pull 7");
        await WorkAsync(host);
        await PutDownAsync(host, connection, "pull 8");
        await WorkAsync(host);

        Assert.Single(news.Asked);
        Assert.All(await ReadAsync(host), d => Assert.Equal(until, d.ParkedUntil!.Value, TimeSpan.FromMilliseconds(1)));
        news.Before = () => Task.CompletedTask;
        time.SetUtcNow(until.AddSeconds(1));
        await WorkAsync(host);
        Assert.All(await ReadAsync(host), d => Assert.Equal(DeliveryOutcome.Applied, d.Outcome));
    }

    [Fact]
    public async Task A_refused_token_is_told_to_the_connection_and_not_tried_again()
    {
        var news = new NewsConnector { Before = () => throw new ConnectorException(ConnectorFault.TokenWrong, "GitHub does not accept this token.") };
        await using var host = await SyncHost.StartAsync(added: news);
        var connection = await ConnectAsync(host);
        await PutDownAsync(host, connection, "pull 7");
        await WorkAsync(host);
        await PutDownAsync(host, connection, "pull 8");
        await WorkAsync(host);

        Assert.Single(news.Asked);
        Assert.Equal("GitHub does not accept this token.", (await host.ReadAsync(connection)).RefusedReason);
        Assert.Equal([DeliveryOutcome.Failed, DeliveryOutcome.Ignored], (await ReadAsync(host)).Select(d => d.Outcome!.Value));
    }

    [Fact]
    public async Task A_repository_that_is_not_read_and_a_connection_that_is_gone_are_left_alone()
    {
        var news = new NewsConnector();
        await using var host = await SyncHost.StartAsync(added: news);
        var connection = await ConnectAsync(host);
        await PutDownAboutAsync(host, connection, "4711", "pull 7");
        await WorkAsync(host);
        await host.UseAsync((Veelocity.Web.Sync.Connections connections) => connections.DisconnectAsync(connection.OrganizationId, NewsConnector.Kind, Now));
        await PutDownAsync(host, connection, "pull 7");
        await WorkAsync(host);

        Assert.Empty(news.Asked);
        Assert.All(await ReadAsync(host), d => Assert.Equal((DeliveryOutcome.Ignored, true), (d.Outcome, d.Note is not null)));
    }

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
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Now);

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
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Now);

        var again = ReceiveAsync(host, connection, Assert.Single(await ReadAsync(host)).DeliveryId);
        Assert.Equal(Reception.Accepted, await again.WaitAsync(TimeSpan.FromSeconds(10), Now));
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
        for (var attempt = 0; (await ReadAsync(one)).Exists(d => d.FinishedAt is null); attempt++)
        {
            Assert.True(attempt < 300, "Some delivery stays open.");
            await Task.Delay(50, Now);
        }
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

    [Fact]
    public async Task Deliveries_are_kept_for_thirty_days()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await SyncHost.StartAsync(added: new NewsConnector(), time: time);
        var connection = await ConnectAsync(host);
        await PutDownAsync(host, connection, "pull 7");
        time.Advance(TimeSpan.FromDays(29));
        await PutDownAsync(host, connection, "pull 8");
        await host.UseAsync((DeliveryQueue queue) => queue.PruneAsync(Now));
        Assert.Equal(2, (await ReadAsync(host)).Count);
        time.Advance(TimeSpan.FromDays(2));
        await host.UseAsync((DeliveryQueue queue) => queue.PruneAsync(Now));
        Assert.Equal("pull 8", Assert.Single(Assert.Single(await ReadAsync(host)).Targets));
    }

    /// <summary>A connection whose one repository is known.</summary>
    private static async Task<Connection> ConnectAsync(SyncHost host)
    {
        var connected = await host.FoundAndConnectAsync(NewsConnector.Kind);
        await host.RunAllAsync(connected.Runs);
        return connected.Connection;
    }

    private static Task PutDownAsync(SyncHost host, Connection connection, params string[] targets) => PutDownAboutAsync(host, connection, "42", targets);

    private static async Task PutDownAboutAsync(SyncHost host, Connection connection, string repository, params string[] targets)
    {
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var db = host.Database.Open();
        db.AddRange(targets.Select(target => new WebhookDelivery
        {
            OrganizationId = connection.OrganizationId,
            ConnectionId = connection.Id,
            DeliveryId = $"{Guid.NewGuid()}",
            Event = "pull_request",
            RepositoryExternalId = repository,
            Targets = [target],
            ReceivedAt = now,
            DueAt = now,
        }));
        await db.SaveChangesAsync(Now);
    }

    private static async Task<Reception> ReceiveAsync(SyncHost host, Connection connection, string deliveryId)
    {
        await host.UseAsync(async (WebhookSecrets secrets) =>
        {
            await secrets.MakeSecretAsync(connection, Now);
            return true;
        });
        var (reception, _) = await host.UseAsync((WebhookInbox inbox) =>
            inbox.ReceiveAsync(new BelievingSource(), connection.Id, name => name == "id" ? deliveryId : null, ReadOnlyMemory<byte>.Empty, Now));
        return reception;
    }

    private static Task WorkAsync(SyncHost host) => WorkUntilAsync(host, Now);

    /// <summary>One look at the queue, as the worker takes it.</summary>
    private static async Task WorkUntilAsync(SyncHost host, CancellationToken cancellation)
    {
        foreach (var group in await host.UseAsync((DeliveryQueue queue) => queue.DueAsync(cancellation)))
            await host.UseAsync((DeliveryQueue queue) => queue.WorkAsync(group, cancellation));
    }

    private static async Task<List<WebhookDelivery>> ReadAsync(SyncHost host)
    {
        await using var db = host.Database.Open();
        return await db.WebhookDeliveries.IgnoreQueryFilters().OrderBy(d => d.ReceivedAt).ThenBy(d => d.Id).ToListAsync(Now);
    }
}
