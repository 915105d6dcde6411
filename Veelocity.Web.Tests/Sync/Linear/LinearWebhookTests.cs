using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Linear;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Sync.Webhooks;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Sync.Linear;

/// <summary>The app itself, connected to a Linear that tells it what changes; the webhook is made by the settings page.</summary>
public sealed class LinearWebhookTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_changes_is_in_the_tables_within_seconds_however_often_it_is_told()
    {
        await using var live = await Live.StartAsync();
        live.Hooks.Copies = 2;
        var issue = live.Linear.Find("WEB-1")!;
        live.Linear.Change(() => issue.Move(LinearState.InProgress, DateTimeOffset.UtcNow), "Issue", "update", issue);
        await live.UntilAsync("WEB-1", i => i.StateType == "started");

        LinearAttachment? link = null;
        live.Linear.Change(() => link = live.Linear.Attach(issue, "https://github.com/acme/web/pull/3", "#3", DateTimeOffset.UtcNow));
        live.Linear.Tell(new LinearNews("Attachment", "create", link!));
        await LiveApp.UntilAsync("No attachment.", () => live.ReadAsync(db => db.IssueAttachments.AnyAsync(Now)));
        live.Linear.Change(() => issue.Attachments.Clear(), "Attachment", "remove", link);
        await LiveApp.UntilAsync("The attachment stays.", async () => !await live.ReadAsync(db => db.IssueAttachments.AnyAsync(Now)));

        live.Linear.Change(() => live.Linear.Delete(issue), "Issue", "remove", issue);
        await live.UntilAsync("WEB-1", i => i.IsTrashed);
        var added = live.Linear.Issue(live.Team, "New", DateTimeOffset.UtcNow);
        live.Linear.Tell(new LinearNews("Issue", "create", added));
        await live.UntilAsync("WEB-2", i => i.Title == "New");

        var cycle = live.Linear.Cycles[0];
        live.Linear.Change(() => cycle.Name = "Spring cleaning", "Cycle", "update", cycle);
        await LiveApp.UntilAsync("The cycle has no name.", () => live.ReadAsync(db => db.Cycles.AnyAsync(c => c.Name == "Spring cleaning", Now)));
        live.Linear.Change(() => live.Linear.Cycles.Remove(cycle), "Cycle", "remove", cycle);
        await LiveApp.UntilAsync("The cycle stays.", async () => !await live.ReadAsync(db => db.Cycles.AnyAsync(Now)));
        live.Linear.Change(() => live.Linear.Users[0].Name = "Ada King", "User", "update", live.Linear.Users[0]);
        await LiveApp.UntilAsync("Ada keeps her name.", () => live.ReadAsync(db => db.Accounts.AnyAsync(a => a.Name == "Ada King", Now)));

        await live.Hooks.SettleAsync();
        Assert.All(live.Hooks.Statuses, status => Assert.Equal(202, status));
        // Told twice, put down once.
        var (deliveries, distinct) = await live.ReadAsync(async db => (await db.WebhookDeliveries.CountAsync(Now), await db.WebhookDeliveries.Select(d => d.DeliveryId).Distinct().CountAsync(Now)));
        Assert.Equal(distinct, deliveries);
        Assert.Equal(deliveries * 2, live.Hooks.Statuses.Count);
    }

    [Fact]
    public async Task Only_who_knows_the_secret_and_is_not_a_minute_late_gets_in()
    {
        await using var live = await Live.StartAsync();
        var news = new LinearNews("Issue", "update", live.Linear.Find("WEB-1")!);
        Assert.Equal(202, await PostAsync(DateTimeOffset.UtcNow, live.Linear.SigningSecret));
        Assert.Equal(202, await PostAsync(DateTimeOffset.UtcNow.AddSeconds(-5), live.Linear.SigningSecret));
        Assert.Equal(401, await PostAsync(DateTimeOffset.UtcNow, "another secret"));
        Assert.Equal(401, await PostAsync(DateTimeOffset.UtcNow.AddSeconds(-65), live.Linear.SigningSecret));
        Assert.Equal(401, await PostAsync(DateTimeOffset.UtcNow.AddMinutes(10), live.Linear.SigningSecret));
        using (var odd = await live.Hooks.PostAsync(live.Address, """{"webhookTimestamp":1}""", live.Linear.SigningSecret, "odd"))
            Assert.Equal(401, (int)odd.StatusCode);
        using (var empty = await live.Hooks.PostAsync(live.Address, $$"""{"webhookTimestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""", live.Linear.SigningSecret, "empty"))
            Assert.Equal(400, (int)empty.StatusCode);
        using var bare = await live.Owner.Api.PostAsync(live.Address, new StringContent(LinearHooks.BodyOf(news, DateTimeOffset.UtcNow)), Now);
        Assert.Equal(401, (int)bare.StatusCode);

        async Task<int> PostAsync(DateTimeOffset at, string secret)
        {
            using var answer = await live.Hooks.PostAsync(live.Address, LinearHooks.BodyOf(news, at), secret, Guid.NewGuid().ToString());
            return (int)answer.StatusCode;
        }
    }

    private sealed class Live : IAsyncDisposable
    {
        public required GitHubSimulator Simulator { get; init; }
        public TestApp App { get; } = new();
        public Someone Owner { get; private set; } = null!;
        public LinearWorkspace Linear => Simulator.Linear;
        public LinearHooks Hooks => Simulator.LinearHooks;
        public LinearTeam Team { get; private set; } = null!;
        public Uri Address => Hooks.Address!;

        public static async Task<Live> StartAsync()
        {
            var live = new Live { Simulator = await GitHubSimulator.StartAsync(new World(DateTimeOffset.UtcNow), cancel: Now, linear: new LinearWorkspace()) };
            var then = DateTimeOffset.UtcNow.AddDays(-2);
            live.Linear.User("Ada Lovelace", "ada@acme.example", then);
            live.Team = live.Linear.Team("WEB", "Web", then);
            live.Linear.Issue(live.Team, "First", then);
            live.Linear.Cycle(live.Team, 1, then, then.AddDays(14));
            live.App.Settings["Connectors:Linear:BaseUrl"] = live.Simulator.LinearBaseUrl.ToString();
            live.App.Settings["Sync:EveryMinutes"] = "0";
            live.App.Settings["Sync:Worker"] = "true";
            await live.App.InitializeAsync();
            live.Owner = await live.App.SomeoneAsync();
            var slug = (await live.Owner.FoundAsync("Acme")).GetProperty("slug").GetString();
            using var connected = await live.Owner.Api.PostAsJsonAsync("connectors/linear/connect", new { api_key = "lin_api_admin" }, Now);
            connected.EnsureSuccessStatusCode();
            await LiveApp.UntilAsync("The first sync does not end.", async () => !await live.ReadAsync(db => db.SyncRuns.AnyAsync(r => r.FinishedAt == null, Now)));
            var browser = live.App.Browser();
            await browser.SignInAsync(live.Owner);
            await Pages.Settings.LinearApp.PressAsync(browser, $"/o/{slug}/settings/linear", "Register");
            Assert.NotNull(live.Hooks.Address);
            // The page goes by the address that a browser asked for; the simulator needs the one that is listened at.
            live.Hooks.Address = new Uri(live.App.Address, live.Hooks.Address.AbsolutePath);
            return live;
        }

        public async Task<T> ReadAsync<T>(Func<VeelocityDb, Task<T>> read)
        {
            await using var db = App.Database.Open();
            db.OrganizationId = (await db.Organizations.SingleAsync(Now)).Id;
            return await read(db);
        }

        public Task UntilAsync(string identifier, Func<Issue, bool> isSo) => LiveApp.UntilAsync($"{identifier} stays as it is.", async () =>
            await ReadAsync(db => db.Issues.SingleOrDefaultAsync(i => i.Identifier == identifier, Now)) is { } issue && isSo(issue));

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Simulator.DisposeAsync();
        }
    }
}
