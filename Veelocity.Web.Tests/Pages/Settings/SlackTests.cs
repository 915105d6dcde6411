using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Slack;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Tests.Sync.Webhooks;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

/// <summary>The settings page and the API of Slack, against a simulated one; each test has an organization of its own.</summary>
public sealed class SlackTests(SlackApp slack) : IClassFixture<SlackApp>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_a_token_to_found_incidents_by_the_page()
    {
        var (browser, path, _) = await slack.FoundAsync();
        var empty = await browser.GetAsync(path);
        Assert.Contains("channels:history", empty.Document.QuerySelector("#slack-manifest")?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("request_url", empty.Document.QuerySelector("#slack-manifest")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(path, ("Form.Token", "xoxb-page"))).Status);
        await slack.SyncedAsync();
        var page = await browser.GetAsync(path);
        Assert.Contains("#incidents", page.Document.QuerySelector("#channels")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("/invite", page.Document.QuerySelector("#channels")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("/webhooks/slack/", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("xoxb-page", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_token_is_explained_at_its_field_and_not_kept()
    {
        var (browser, path, _) = await slack.FoundAsync();
        var page = await browser.SubmitAsync(path, ("Form.Token", "xoxb-wrong"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("invalid_auth", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("xoxb-wrong", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_shows_what_rules_would_find_and_keeps_nothing()
    {
        var (browser, path, ada) = await slack.ConnectedAsync();
        var preview = await browser.PostAsync(path + "?handler=Preview", await FieldsAsync(browser, path, ("Rules.StartKeywords", "cake")));
        var text = preview.Document.QuerySelector("#preview")!.TextContent;
        Assert.Contains("1 incident would be found", text, StringComparison.Ordinal);
        Assert.Contains("who brings cake today", text, StringComparison.Ordinal);
        Assert.Contains("Start keyword", text, StringComparison.Ordinal);
        Assert.Equal("outage of the shop (sev2)", Assert.Single(await IncidentsAsync(ada)).GetProperty("title").GetString());

        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAsync(path + "?handler=Rules", await FieldsAsync(browser, path, ("Rules.StartKeywords", "cake")))).Status);
        Assert.Equal("who brings cake today", Assert.Single(await IncidentsAsync(ada)).GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_rule_that_is_wrong_is_explained_and_nothing_saved()
    {
        var (browser, path, ada) = await slack.ConnectedAsync();
        var page = await browser.PostAsync(path + "?handler=Rules", await FieldsAsync(browser, path, ("Rules.Critical", "([")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("not a regular expression", page.Text, StringComparison.Ordinal);
        Assert.Single(await IncidentsAsync(ada));
    }

    [Fact]
    public async Task Signing_in_with_slack_is_bound_to_the_browser_that_began_it()
    {
        var (browser, path, ada) = await slack.FoundAsync();
        var begun = await browser.PostAsync(path + "?handler=Authorize", await FieldsAsync(browser, path));
        Assert.Contains("client_id=client", begun.Location, StringComparison.Ordinal);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var granted = await http.GetAsync(new Uri(begun.Location!), Now);
        var back = granted.Headers.Location!.PathAndQuery;
        var (thief, _, _) = await slack.FoundAsync();
        await thief.GetAsync(back);
        Assert.Equal("disconnected", (await ada.Api.GetFromJsonAsync<JsonElement>("connectors/slack/status", Now)).GetProperty("status").GetString());
        await browser.GetAsync(back);
        Assert.Equal("connected", (await ada.Api.GetFromJsonAsync<JsonElement>("connectors/slack/status", Now)).GetProperty("status").GetString());
        await slack.SyncedAsync();
    }

    [Fact]
    public async Task The_api_lists_configures_and_disconnects()
    {
        var (_, _, ada) = await slack.ConnectedAsync();
        var channels = (await ada.Api.GetFromJsonAsync<JsonElement>("connectors/slack/channels", Now)).GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(channels, c => c.GetProperty("name").GetString() == "incidents" && c.GetProperty("read").GetBoolean());
        Assert.Contains(channels, c => c.GetProperty("name").GetString() == "general" && !c.GetProperty("read").GetBoolean());
        using var configured = await ada.Api.PostAsJsonAsync(
            "connectors/slack/configure", new { resolve_keywords = new[] { "sweet" }, environments = new Dictionary<string, string> { ["incidents"] = "staging" } }, Now);
        Assert.Equal(HttpStatusCode.OK, configured.StatusCode);
        var incident = Assert.Single(await IncidentsAsync(ada));
        Assert.Equal(("staging", JsonValueKind.Null), (incident.GetProperty("environment").GetString(), incident.GetProperty("resolved_at").ValueKind));
        using var wrong = await ada.Api.PostAsJsonAsync("connectors/slack/configure", new { severity_patterns = new[] { new { severity = "high", pattern = "(?=x)" } } }, Now);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var gone = await ada.Api.DeleteAsync(new Uri("connectors/slack", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Single(await IncidentsAsync(ada));
    }

    private static async Task<List<JsonElement>> IncidentsAsync(Someone someone) =>
        [.. (await someone.Api.GetFromJsonAsync<JsonElement>("connectors/slack/incidents", Now)).GetProperty("items").EnumerateArray()];

    // Everything the page's forms hold, as a browser would send it, with these fields changed.
    private static async Task<List<KeyValuePair<string, string>>> FieldsAsync(Browser browser, string path, params (string Name, string Value)[] changed)
    {
        var page = await browser.GetAsync(path);
        var fields = page.Document.QuerySelectorAll("#rules input[name], form input[name=__RequestVerificationToken]").Select(i => (Name: i.GetAttribute("name")!, Value: i.GetAttribute("value") ?? ""))
            .DistinctBy(f => f.Name).Where(f => changed.All(c => c.Name != f.Name));
        return [.. fields.Concat(changed).Select(f => KeyValuePair.Create(f.Name, f.Value))];
    }
}

/// <summary>The app beside a simulated Slack in which little happened.</summary>
public sealed class SlackApp : IAsyncLifetime
{
    private readonly TestApp app = new();
    private GitHubSimulator simulator = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        simulator = await GitHubSimulator.StartAsync(new World(DateTimeOffset.UtcNow), cancel: Now, slack: new Workspace());
        var (slack, then) = (simulator.Slack, DateTimeOffset.UtcNow.AddDays(-2));
        var ada = slack.Person("Ada", "ada@acme.example");
        var incidents = slack.Channel("incidents", then);
        slack.Channel("general", then);
        slack.Channel("inc-closed", then, isMember: false);
        var start = slack.Say(incidents, ada, then.AddMinutes(1), "outage of the shop (sev2)");
        slack.Say(incidents, ada, then.AddMinutes(31), "resolved", start);
        slack.Say(incidents, ada, then.AddMinutes(60), "who brings cake today");
        app.Settings["Connectors:Slack:BaseUrl"] = simulator.SlackBaseUrl.ToString();
        app.Settings["Connectors:Slack:ClientId"] = "client";
        app.Settings["Connectors:Slack:ClientSecret"] = "secret";
        app.Settings["Sync:EveryMinutes"] = "0";
        app.Settings["Sync:Worker"] = "true";
        await app.InitializeAsync();
    }

    public async Task<(Browser Browser, string Path, Someone Ada)> FoundAsync()
    {
        var ada = await app.SomeoneAsync();
        var founded = await ada.FoundAsync("Acme");
        var browser = app.Browser();
        await browser.SignInAsync(ada);
        return (browser, $"/o/{founded.GetProperty("slug").GetString()}/settings/slack", ada);
    }

    public async Task<(Browser Browser, string Path, Someone Ada)> ConnectedAsync()
    {
        var founded = await FoundAsync();
        using var connected = await founded.Ada.Api.PostAsJsonAsync("connectors/slack/connect", new { token = "xoxb-good" }, Now);
        connected.EnsureSuccessStatusCode();
        await SyncedAsync();
        return founded;
    }

    public Task SyncedAsync() => LiveApp.UntilAsync("The sync does not end.", async () =>
    {
        await using var db = app.Database.Open();
        return !await db.SyncRuns.IgnoreQueryFilters().AnyAsync(r => r.FinishedAt == null, Now);
    });

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await simulator.DisposeAsync();
    }
}
