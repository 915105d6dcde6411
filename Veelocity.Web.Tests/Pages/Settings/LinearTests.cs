using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Linear;
using Veelocity.Simulator.Worlds;
using Veelocity.Web.Tests.Sync.Webhooks;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

public sealed class LinearTests(LinearApp linear) : IClassFixture<LinearApp>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Linear_is_connected_from_the_page_and_its_teams_are_listed_and_chosen()
    {
        var (browser, path, ada) = await linear.FoundAsync();
        var refused = await browser.SubmitAsync(path, ("Form.ApiKey", "lin_api_wrong"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("does not accept", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("lin_api_wrong", refused.Html, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(path, ("Form.ApiKey", "lin_api_page"))).Status);
        await linear.SyncedAsync();
        var page = await browser.GetAsync(path);
        var teams = page.Document.QuerySelector("#teams")!;
        Assert.Contains("Payments", teams.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Security", teams.TextContent, StringComparison.Ordinal);
        Assert.Contains("/webhooks/linear/", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("lin_api_page", page.Html, StringComparison.Ordinal);

        var chosen = teams.QuerySelectorAll("tr").Single(row => row.TextContent.Contains("Payments", StringComparison.Ordinal)).QuerySelector("input[name=team]")!.GetAttribute("value")!;
        await LinearApp.PressAsync(browser, path, "Teams", new("which", "some"), new("team", chosen), new("team", "not a team"));
        await linear.SyncedAsync();
        Assert.Equal([chosen], (await StatusAsync(ada)).GetProperty("repositories").EnumerateArray().Select(t => t.GetString()!));
        Assert.Equal(["PAY-1"], await NamesAsync(ada, "issues", "identifier"));
        await LinearApp.PressAsync(browser, path, "Teams", new KeyValuePair<string, string>("which", "all"));
        await linear.SyncedAsync();
        Assert.Equal(3, (await NamesAsync(ada, "issues", "identifier")).Count);

        await LinearApp.PressAsync(browser, path, "Disconnect", new KeyValuePair<string, string>("confirmation", "linear"));
        Assert.Equal("disconnected", (await StatusAsync(ada)).GetProperty("status").GetString());
        Assert.Equal(3, (await NamesAsync(ada, "issues", "identifier")).Count);
    }

    [Fact]
    public async Task Signing_in_with_linear_is_bound_to_the_browser_that_began_it()
    {
        var (browser, path, ada) = await linear.FoundAsync();
        var begun = await LinearApp.PressAsync(browser, path, "Authorize");
        Assert.Contains("code_challenge_method=S256", begun.Location, StringComparison.Ordinal);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var granted = await http.GetAsync(new Uri(begun.Location!), Now);
        var back = granted.Headers.Location!.PathAndQuery;
        var (thief, _, _) = await linear.FoundAsync();
        await thief.GetAsync(back);
        Assert.Equal("disconnected", (await StatusAsync(ada)).GetProperty("status").GetString());
        await browser.GetAsync(back);
        Assert.Equal("connected", (await StatusAsync(ada)).GetProperty("status").GetString());
        await linear.SyncedAsync();
    }

    [Fact]
    public async Task A_key_that_may_not_make_webhooks_is_told_so_and_a_secret_is_entered_by_hand()
    {
        var (browser, path, ada) = await linear.FoundAsync();
        using var connected = await ada.Api.PostAsJsonAsync("connectors/linear/connect", new { api_key = "lin_api_good" }, Now);
        Assert.Equal("connected", (await connected.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("status").GetString());
        await LinearApp.PressAsync(browser, path, "Register");
        var page = await browser.GetAsync(path);
        Assert.Contains("permission to create webhooks", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Listening", page.Text, StringComparison.Ordinal);
        await LinearApp.PressAsync(browser, path, "Secret", new KeyValuePair<string, string>("secret", "linears-own-secret"));
        page = await browser.GetAsync(path);
        Assert.Contains("Listening", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("linears-own-secret", page.Html, StringComparison.Ordinal);
        await linear.SyncedAsync();
    }

    [Fact]
    public async Task The_api_lists_with_filters_and_shows_nothing_of_others()
    {
        var (_, _, ada) = await linear.FoundAsync();
        using var refused = await ada.Api.PostAsJsonAsync("connectors/linear/connect", new { api_key = "lin_api_wrong" }, Now);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var connected = await ada.Api.PostAsJsonAsync("connectors/linear/connect", new { api_key = "lin_api_good" }, Now);
        connected.EnsureSuccessStatusCode();
        await linear.SyncedAsync();
        Assert.Equal(["PAY", "WEB"], await NamesAsync(ada, "teams", "key"));
        Assert.Equal(["Checkout"], await NamesAsync(ada, "projects?state=started", "name"));
        Assert.Empty(await NamesAsync(ada, "projects?state=paused", "name"));
        Assert.Single(await NamesAsync(ada, "cycles?state=active", "starts_at"));
        Assert.Empty(await NamesAsync(ada, "cycles?state=past", "starts_at"));
        Assert.Equal(["WEB-1"], await NamesAsync(ada, "issues?state=started", "identifier"));
        Assert.Equal(["WEB-1"], await NamesAsync(ada, "issues?assignee=ADA", "identifier"));
        Assert.Equal(["PAY-1"], await NamesAsync(ada, "issues?identifier=web-9", "identifier"));
        using var unknown = await ada.Api.GetAsync(new Uri($"connectors/linear/issues?team_id={Guid.NewGuid()}", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        var cycle = (await ada.Api.GetFromJsonAsync<JsonElement>("connectors/linear/cycles", Now)).GetProperty("items")[0].GetProperty("id").GetString();
        Assert.Equal(["WEB-1"], await NamesAsync(ada, $"issues?cycle_id={cycle}", "identifier"));
        using var wrong = await ada.Api.GetAsync(new Uri("connectors/linear/cycles?state=soon", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);

        var (_, _, other) = await linear.FoundAsync();
        foreach (var list in new[] { "teams", "projects", "cycles", "issues" }) Assert.Equal(0, (await other.Api.GetFromJsonAsync<JsonElement>($"connectors/linear/{list}", Now)).GetProperty("total").GetInt32());
    }

    private static Task<JsonElement> StatusAsync(Someone someone) => someone.Api.GetFromJsonAsync<JsonElement>("connectors/linear/status", Now);

    private static async Task<List<string>> NamesAsync(Someone someone, string list, string field) =>
        [.. (await someone.Api.GetFromJsonAsync<JsonElement>($"connectors/linear/{list}", Now)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty(field).GetString()!).Order(StringComparer.Ordinal)];
}

/// <summary>The app beside a simulated Linear with two teams that are seen and one that is not.</summary>
public sealed class LinearApp : IAsyncLifetime
{
    private readonly TestApp app = new();
    private GitHubSimulator simulator = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        simulator = await GitHubSimulator.StartAsync(new World(DateTimeOffset.UtcNow), cancel: Now, linear: new LinearWorkspace());
        var (work, then) = (simulator.Linear, DateTimeOffset.UtcNow.AddDays(-3));
        var ada = work.User("Ada Lovelace", "ada@acme.example", then);
        var (web, pay, secret) = (work.Team("WEB", "Web", then), work.Team("PAY", "Payments", then), work.Team("SEC", "Security", then));
        secret.Visibility = "private";
        var issue = work.Issue(web, "Show totals", then);
        (issue.Assignee, issue.Cycle) = (ada, work.Cycle(web, 1, then, then.AddDays(14)));
        issue.Move(LinearState.InProgress, then.AddHours(3));
        work.Issue(web, "Moved", then, number: 9).MoveTo(pay, then.AddHours(1));
        work.Issue(web, "Waits", then);
        work.Issue(secret, "Keys", then);
        work.Project("Checkout", then, web);
        app.Settings["Connectors:Linear:BaseUrl"] = simulator.LinearBaseUrl.ToString();
        app.Settings["Connectors:Linear:ClientId"] = "client";
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
        return (browser, $"/o/{founded.GetProperty("slug").GetString()}/settings/linear", ada);
    }

    /// <summary>Sends one of the page's forms, as its button does.</summary>
    internal static async Task<Seen> PressAsync(Browser browser, string path, string handler, params KeyValuePair<string, string>[] fields)
    {
        var token = (await browser.GetAsync(path)).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await browser.PostAsync($"{path}?handler={handler}", [.. fields, new("__RequestVerificationToken", token)]);
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
