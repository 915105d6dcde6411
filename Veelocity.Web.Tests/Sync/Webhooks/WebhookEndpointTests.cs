using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Sync.Webhooks;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Sync.Webhooks;

/// <summary>The address itself, asked from outside; the connection's repository is one that nobody reads, so nothing else happens.</summary>
[Collection(Alone.Name)]
public sealed class WebhookEndpointTests(TestApp app)
{
    private static readonly GitHubMessage Opened =
        new("pull_request", new { action = "opened", pull_request = new { number = 7 }, repository = GitHubMessage.Repository("99") });

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_proven_message_is_put_down_once_however_often_it_comes()
    {
        var connection = await ConnectAsync();
        var secret = await SecretAsync(connection);
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(connection.Id, Opened, secret));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(connection.Id, Opened, secret));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(connection.Id, Opened with { DeliveryId = "another", IsForm = true }, secret));

        var stored = await DeliveriesAsync(connection.Id);
        Assert.Equal(2, stored.Count);
        Assert.All(stored, d => Assert.Equal(
            ("pull_request", "opened", "99", "acme/shop", "pull 7", connection.OrganizationId),
            (d.Event, d.Action, d.RepositoryExternalId, d.RepositoryName, Assert.Single(d.Targets), d.OrganizationId)));
    }

    [Fact]
    public async Task Without_the_right_secret_nobody_learns_whether_there_is_a_connection()
    {
        var connection = await ConnectAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(connection.Id, Opened, "a guess")); // nothing turned on
        var secret = await SecretAsync(connection);
        var others = await SecretAsync(await ConnectAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(connection.Id, Opened, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(connection.Id, Opened, "a guess"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(connection.Id, Opened, others));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(Guid.NewGuid(), Opened, secret));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(connection.Id, Opened, secret, "gitlab"));
        Assert.Empty(await DeliveriesAsync(connection.Id));
    }

    [Fact]
    public async Task What_is_not_as_github_writes_it_is_refused_and_what_is_not_used_is_accepted()
    {
        var connection = await ConnectAsync();
        var secret = await SecretAsync(connection);
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(connection.Id, Opened with { Text = "{" }, secret));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(connection.Id, Opened with { Text = new string(' ', 26 * 1024 * 1024) }, secret));
        Assert.Empty(await DeliveriesAsync(connection.Id));

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(connection.Id, GitHubMessage.Ping, secret));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(connection.Id, new GitHubMessage("star", new { action = "created" }), secret));
        Assert.All(await DeliveriesAsync(connection.Id), d => Assert.Equal(DeliveryOutcome.Ignored, d.Outcome));
    }

    [Fact]
    public async Task After_a_change_of_the_secret_the_old_one_is_good_until_it_is_off_or_another_comes()
    {
        var connection = await ConnectAsync();
        var first = await SecretAsync(connection);
        var second = await SecretAsync(connection);
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(connection.Id, GitHubMessage.Ping, first));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(connection.Id, GitHubMessage.Ping, second));
        var third = await SecretAsync(connection);
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(connection.Id, GitHubMessage.Ping, first));
        await UseAsync(secrets => secrets.TurnOffAsync(connection.OrganizationId, connection.Id, Now));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(connection.Id, GitHubMessage.Ping, third));
    }

    [Fact]
    public async Task A_disconnected_organization_is_told_nothing_more()
    {
        var connection = await ConnectAsync();
        var secret = await SecretAsync(connection);
        await using (var db = app.Database.Open())
        {
            await db.Connections.IgnoreQueryFilters().Where(c => c.Id == connection.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.ProtectedSecret, (string?)null), Now);
        }
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(connection.Id, Opened, secret));
        Assert.Empty(await DeliveriesAsync(connection.Id));
    }

    [Fact]
    public async Task GitHub_is_answered_in_less_than_100_ms()
    {
        var connection = await ConnectAsync();
        var secret = await SecretAsync(connection);
        var took = new List<TimeSpan>();
        for (var i = 0; i < 40; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await SendAsync(connection.Id, Opened with { DeliveryId = $"{i}" }, secret);
            took.Add(Stopwatch.GetElapsedTime(started));
        }
        var median = took.Order().ElementAt(took.Count / 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"median {median.TotalMilliseconds:0.0} ms, slowest {took.Max().TotalMilliseconds:0.0} ms");
        Assert.InRange(median, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    private async Task<Connection> ConnectAsync()
    {
        await using var db = app.Database.Open();
        var organization = new Organization { Name = "Acme", Slug = $"{Guid.NewGuid():N}", TimeZone = "UTC" };
        var connection = new Connection { OrganizationId = organization.Id, Kind = "github" };
        connection.Connect("a secret", null, "octo", null, Guid.NewGuid(), DateTimeOffset.UtcNow);
        db.AddRange(organization, connection);
        await db.SaveChangesAsync(Now);
        return connection;
    }

    private Task<string> SecretAsync(Connection connection) => UseAsync(async secrets =>
    {
        await secrets.MakeSecretAsync(connection, Now);
        return secrets.Reveal((await secrets.FindAsync(connection.OrganizationId, connection.Id, Now))!)!;
    });

    private async Task<T> UseAsync<T>(Func<WebhookSecrets, Task<T>> use)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<WebhookSecrets>());
    }

    private async Task<HttpStatusCode> SendAsync(Guid connectionId, GitHubMessage message, string? secret, string kind = "github")
    {
        using var http = new HttpClient();
        using var request = message.To(new Uri(app.Address, $"webhooks/{kind}/{connectionId}"), secret);
        using var answer = await http.SendAsync(request, Now);
        if (answer.StatusCode != HttpStatusCode.Accepted) Assert.Equal("", await answer.Content.ReadAsStringAsync(Now));
        return answer.StatusCode;
    }

    private async Task<List<WebhookDelivery>> DeliveriesAsync(Guid connectionId)
    {
        await using var db = app.Database.Open();
        return await db.WebhookDeliveries.IgnoreQueryFilters().Where(d => d.ConnectionId == connectionId).ToListAsync(Now);
    }
}
