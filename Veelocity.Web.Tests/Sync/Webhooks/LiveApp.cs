using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Histories;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Sync.Webhooks;

/// <summary>The app beside a simulated GitHub whose world is of today; Ada connects them and registers the webhook by the settings page.</summary>
internal sealed class LiveApp : IAsyncDisposable
{
    private LiveApp(GitHubSimulator github) => GitHub = github;

    public TestApp App { get; } = new();

    public GitHubSimulator GitHub { get; }

    public Someone Ada { get; private set; } = null!;

    public Browser Browser { get; private set; } = null!;

    public string Slug { get; private set; } = "";

    public Guid OrganizationId { get; private set; }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static async Task<LiveApp> StartAsync(int pullRequests)
    {
        var world = SeededWorld.Create(new SeedOptions { Now = SeedOptions.Today(TimeProvider.System), PullRequests = pullRequests });
        var live = new LiveApp(await GitHubSimulator.StartAsync(world, cancel: Now));
        live.App.Settings["Connectors:GitHub:BaseUrl"] = live.GitHub.BaseUrl.ToString();
        live.App.Settings["Sync:EveryMinutes"] = "0";
        live.App.Settings["Sync:Worker"] = "true";
        await live.App.InitializeAsync();
        live.Ada = await live.App.SomeoneAsync();
        var founded = await live.Ada.FoundAsync("Acme");
        (live.Slug, live.OrganizationId) = (founded.GetProperty("slug").GetString()!, founded.GetProperty("id").GetGuid());
        live.Browser = live.App.Browser();
        await live.Browser.SignInAsync(live.Ada);
        return live;
    }

    /// <summary>Connects, and waits for the first sync.</summary>
    public async Task ConnectAsync()
    {
        using var connected = await Ada.Api.PostAsJsonAsync("connectors/github/connect", new { token = "ghp_good" }, Now);
        connected.EnsureSuccessStatusCode();
        await UntilAsync("The first sync does not end.", async () =>
        {
            var runs = (await Ada.Api.GetFromJsonAsync<JsonElement>("sync/status", Now)).EnumerateArray().ToList();
            return runs.Count == 2 && runs.TrueForAll(run => run.GetProperty("finished_at").ValueKind != JsonValueKind.Null);
        });
    }

    /// <summary>Turns the webhook on and reads address and secret from the page, as a person does who enters them at GitHub.</summary>
    public async Task<(Uri Address, string Secret)> TurnOnWebhookAsync()
    {
        var path = $"/o/{Slug}/settings/webhook";
        var page = await Browser.FollowAsync(await Browser.SubmitAsync(path));
        string ValueOf(string id) => ((IHtmlInputElement)page.Document.GetElementById(id)!).Value;
        return (new Uri(ValueOf("webhook-address")), ValueOf("webhook-secret"));
    }

    /// <summary>Makes a change in the simulated world, now.</summary>
    public void Happen(string kind, ChangeTarget target, bool orNothing = false)
    {
        if (RandomHistory.Apply(GitHub.World, kind, target, GitHub.Clock.GetUtcNow()) is null && !orNothing)
            throw new InvalidOperationException($"Nothing in the world fits {kind}.");
    }

    /// <summary>All that was delivered is in the tables.</summary>
    public Task SettleAsync() => UntilAsync("Deliveries stay open.", async () =>
    {
        await GitHub.Hooks.Settle();
        await using var db = App.Database.Open();
        return !await db.WebhookDeliveries.IgnoreQueryFilters().AnyAsync(d => d.FinishedAt == null, Now);
    });

    public static Task UntilAsync(string otherwise, Func<Task<bool>> isSo) => Wait.UntilAsync(isSo, otherwise);

    public async ValueTask DisposeAsync()
    {
        Browser?.Dispose();
        await App.DisposeAsync();
        await GitHub.DisposeAsync();
    }
}
