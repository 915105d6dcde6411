using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Slack;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Sync.Webhooks;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Sync.Slack;

/// <summary>The app itself, connected to a Slack that tells it what happens.</summary>
public sealed class SlackEventsTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_address_proves_itself_only_to_who_knows_the_secret_and_within_five_minutes()
    {
        await using var live = await Live.StartAsync();
        var (status, body) = await live.Events.VerifyAsync(live.Address);
        Assert.Equal((200, "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"), (status, body));
        Assert.Equal(401, (await live.Events.VerifyAsync(live.Address, "another secret")).Status);
        using var old = await live.Events.PostAsync(live.Address, """{"type":"url_verification","challenge":"x"}""", live.Slack.SigningSecret, DateTimeOffset.UtcNow.AddMinutes(-6));
        Assert.Equal(401, (int)old.StatusCode);
        using var odd = await live.Events.PostAsync(live.Address, "not json", live.Slack.SigningSecret, DateTimeOffset.UtcNow);
        Assert.Equal(400, (int)odd.StatusCode);
    }

    [Fact]
    public async Task What_happens_is_in_the_incidents_within_seconds_and_reactions_have_their_times()
    {
        await using var live = await Live.StartAsync();
        live.Events.Copies = 2;
        live.Events.ShuffleMilliseconds = 200;
        var start = live.Slack.Say(live.Incidents, live.Ada, live.At(0), "outage of the shop, sev2");
        live.Slack.React(live.Incidents, start, live.Bo, "eyes", live.At(4));
        live.Slack.React(live.Incidents, start, live.Bo, "white_check_mark", live.At(33));
        var alert = live.Slack.Alert(live.Incidents, "PagerDuty", live.At(50), "Triggered: web", link: "https://acme.pagerduty.com/incidents/Q1");
        await live.SettleAsync();
        live.Slack.Edit(live.Incidents, alert, live.At(55), "Acknowledged: web");
        await live.SettleAsync();
        live.Slack.Edit(live.Incidents, alert, live.At(70), "Resolved: web");
        var mistake = live.Slack.Say(live.Incidents, live.Ada, live.At(90), "outage? no: outage!");
        await live.SettleAsync();
        live.Slack.Delete(live.Incidents, mistake);
        await live.SettleAsync();

        await using var db = live.App.Database.Open();
        var found = await db.Incidents.IgnoreQueryFilters().OrderBy(i => i.StartedAt).ToListAsync(Now);
        Assert.Equal(
            [("outage of the shop, sev2", live.At(4), live.At(33)), ("web", live.At(55), live.At(70))],
            found.Select(i => (i.Title, i.AcknowledgedAt!.Value, i.ResolvedAt!.Value)));

        // A full sync into the same tables tells nothing else.
        var before = found.Select(i => (i.Id, i.AcknowledgedAt, i.ResolvedAt)).ToList();
        await live.SyncAsync();
        var after = await db.Incidents.AsNoTracking().IgnoreQueryFilters().OrderBy(i => i.StartedAt).ToListAsync(Now);
        Assert.Equal(before, after.Select(i => (i.Id, i.AcknowledgedAt, i.ResolvedAt)));
    }

    [Fact]
    public async Task An_app_that_was_removed_is_a_refused_connection()
    {
        await using var live = await Live.StartAsync();
        live.Simulator.Faults.Add(new Fault(FaultKind.TokenRevoked));
        live.Slack.Tell(new JsonObject { ["type"] = "app_uninstalled" });
        await live.SettleAsync();
        await using var db = live.App.Database.Open();
        Assert.NotNull((await db.Connections.IgnoreQueryFilters().SingleAsync(Now)).RefusedAt);
    }

    private sealed class Live : IAsyncDisposable
    {
        public required GitHubSimulator Simulator { get; init; }
        public TestApp App { get; } = new();
        public Someone Owner { get; private set; } = null!;
        public Workspace Slack => Simulator.Slack;
        public SlackEvents Events => Simulator.SlackEvents;
        public SlackMember Ada { get; private set; } = null!;
        public SlackMember Bo { get; private set; } = null!;
        public SlackChannel Incidents { get; private set; } = null!;
        public Uri Address { get; private set; } = null!;
        public DateTimeOffset Then { get; } = new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date, TimeSpan.Zero).AddDays(-1);

        public static async Task<Live> StartAsync()
        {
            var live = new Live { Simulator = await GitHubSimulator.StartAsync(new World(DateTimeOffset.UtcNow), cancel: Now, slack: new Workspace()) };
            (live.Ada, live.Bo) = (live.Slack.Person("Ada", "ada@acme.example"), live.Slack.Person("Bo", "bo@acme.example"));
            live.Incidents = live.Slack.Channel("incidents", live.Then.AddDays(-1));
            live.App.Settings["Connectors:Slack:BaseUrl"] = live.Simulator.SlackBaseUrl.ToString();
            live.App.Settings["Sync:EveryMinutes"] = "0";
            live.App.Settings["Sync:Worker"] = "true";
            await live.App.InitializeAsync();
            live.Owner = await live.App.SomeoneAsync();
            await live.Owner.FoundAsync("Acme");
            using var connected = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
                live.Owner.Api, "connectors/slack/connect", new { token = "xoxb-good", signing_secret = live.Slack.SigningSecret }, Now);
            connected.EnsureSuccessStatusCode();
            await live.SyncedAsync();
            await using var db = live.App.Database.Open();
            var connection = await db.Connections.IgnoreQueryFilters().SingleAsync(Now);
            live.Address = live.Events.Address = new Uri(live.App.Address, WebhookEndpoint.PathOf("slack", connection.Id));
            return live;
        }

        public DateTimeOffset At(double minute) => Then.AddMinutes(minute);

        public async Task SyncAsync()
        {
            using var asked = await Owner.Api.PostAsync(new Uri("connectors/slack/sync", UriKind.Relative), null, Now);
            asked.EnsureSuccessStatusCode();
            await SyncedAsync();
        }

        public Task SettleAsync() => Webhooks.LiveApp.UntilAsync("Events stay open.", async () =>
        {
            await Events.SettleAsync();
            await using var db = App.Database.Open();
            return !await db.WebhookDeliveries.IgnoreQueryFilters().AnyAsync(d => d.FinishedAt == null, Now);
        });

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Simulator.DisposeAsync();
        }

        private Task SyncedAsync() => Webhooks.LiveApp.UntilAsync("The sync does not end.", async () =>
        {
            await using var db = App.Database.Open();
            return !await db.SyncRuns.IgnoreQueryFilters().AnyAsync(r => r.FinishedAt == null, Now);
        });
    }
}
