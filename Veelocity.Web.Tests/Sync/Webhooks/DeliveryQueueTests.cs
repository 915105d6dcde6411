using Microsoft.Extensions.Time.Testing;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Sync.Webhooks;
using static Veelocity.Web.Tests.Sync.Webhooks.Deliveries;

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
}
