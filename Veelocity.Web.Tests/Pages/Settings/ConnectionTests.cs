using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Tests.Api.V1;
using Veelocity.Web.Tests.Simulator;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

/// <summary>Without a worker, so that no sync finds out about the token what a test asks about.</summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private readonly TestApp app = new();
    private GitHubSimulator github = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Enterprise => new Uri(github.BaseUrl, "api/v3/").ToString();

    public async ValueTask InitializeAsync()
    {
        github = await GitHubSimulator.StartAsync(SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 10 }), cancel: Stop);
        app.Settings["Connectors:GitHub:BaseUrl"] = github.BaseUrl.ToString();
        await app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await github.DisposeAsync();
    }

    [Fact]
    public async Task A_new_token_keeps_the_address_and_the_selected_repositories()
    {
        var (browser, ada, path) = await FoundAsync();
        await browser.SubmitAsync(path, ("Form.Token", "ghp_first"), ("Form.BaseUrl", Enterprise), ("Form.Repositories", "acme/shop-web"));
        var form = (await browser.GetAsync(path)).Document;
        Assert.Equal(Enterprise, form.QuerySelector("#Form_BaseUrl")?.GetAttribute("value"));
        Assert.Equal("acme/shop-web", form.QuerySelector("#Form_Repositories")?.TextContent.Trim());

        await browser.SubmitAsync(path, ("Form.Token", "ghp_second"));
        Assert.Equal((Enterprise, "acme/shop-web"), await StandingAsync(ada));
        using (await ada.Api.PostAsJsonAsync("connectors/github/connect", new { token = "ghp_third" }, Stop))
            Assert.Equal((Enterprise, "acme/shop-web"), await StandingAsync(ada));

        // What is emptied is meant to be empty.
        await browser.SubmitAsync(path, ("Form.Token", "ghp_fourth"), ("Form.BaseUrl", ""), ("Form.Repositories", ""));
        Assert.Equal((null, null), await StandingAsync(ada));
    }

    [Fact]
    public async Task A_stored_connection_is_tested_from_its_page()
    {
        var (browser, _, path) = await FoundAsync();
        await browser.SubmitAsync(path, ("Form.Token", "ghp_tested"));
        var answer = await PressTestAsync(browser, path);
        Assert.Contains("accepts the connection as octo-reader", answer.Text, StringComparison.Ordinal);

        github.Faults.Add(new Fault(FaultKind.TokenRevoked) { Token = "ghp_tested" });
        answer = await PressTestAsync(browser, path);
        Assert.Contains("does not accept", answer.Text, StringComparison.Ordinal);
        Assert.Equal("Token refused", answer.Document.QuerySelector("#connectors .pill")?.TextContent.Trim());

        github.Faults.Clear();
        answer = await PressTestAsync(browser, path);
        Assert.Equal("Connected", answer.Document.QuerySelector("#connectors .pill")?.TextContent.Trim());
    }

    [Fact]
    public async Task The_API_tests_a_stored_connection()
    {
        var (_, ada, _) = await FoundAsync();
        using (var nothing = await ada.Api.PostAsync(new Uri("connectors/github/test", UriKind.Relative), null, Stop))
            await AuthTests.AssertProblemAsync(nothing, HttpStatusCode.Conflict, "not_connected");
        using (var unknown = await ada.Api.PostAsync(new Uri("connectors/nonsense/test", UriKind.Relative), null, Stop))
            await AuthTests.AssertProblemAsync(unknown, HttpStatusCode.NotFound, "not_found");
        using (await ada.Api.PostAsJsonAsync("connectors/github/connect", new { token = "ghp_byApi" }, Stop))
        using (var good = await ada.Api.PostAsync(new Uri("connectors/github/test", UriKind.Relative), null, Stop))
            Assert.Equal("connected", (await good.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("status").GetString());

        github.Faults.Add(new Fault(FaultKind.TokenRevoked) { Token = "ghp_byApi" });
        using (var bad = await ada.Api.PostAsync(new Uri("connectors/github/test", UriKind.Relative), null, Stop))
            await AuthTests.AssertProblemAsync(bad, HttpStatusCode.UnprocessableEntity, "token_wrong");
        github.Faults.Clear();
    }

    private async Task<(Browser Browser, Someone Ada, string Path)> FoundAsync()
    {
        var ada = await app.SomeoneAsync();
        var slug = (await ada.FoundAsync("Acme")).GetProperty("slug").GetString();
        var browser = app.Browser();
        await browser.SignInAsync(ada);
        return (browser, ada, $"/o/{slug}/settings");
    }

    private static async Task<Seen> PressTestAsync(Browser browser, string path) =>
        await browser.FollowAsync(await browser.PressAsync(path, "form:has(#test-connection)"));

    private static async Task<(string? Address, string? Repositories)> StandingAsync(Someone ada)
    {
        var status = await ada.Api.GetFromJsonAsync<JsonElement>("connectors/github/status", Stop);
        return (status.GetProperty("base_url").GetString(),
            status.GetProperty("repositories") is { ValueKind: JsonValueKind.Array } chosen ? string.Join(' ', chosen.EnumerateArray()) : null);
    }
}
