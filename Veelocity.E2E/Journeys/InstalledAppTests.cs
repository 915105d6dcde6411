using System.Text.Json;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed class InstalledAppTests(RunningApp app) : Journey(app)
{
    private static readonly string[] Kept = ["/offline", "/js/", "/lib/", "/img/"];

    private const string Everything = """
        async () => (await Promise.all((await caches.keys()).map(async name =>
          (await (await caches.open(name)).keys()).map(request => new URL(request.url).pathname)))).flat()
        """;

    [Fact]
    public async Task Without_a_network_a_page_says_so_and_comes_when_the_network_is_back()
    {
        var (visit, slug) = await OpenAsync();
        visit.ExpectAway();
        var page = visit.Page;
        await visit.Context.SetOfflineAsync(true);
        await page.GotoAsync($"/o/{slug}/dora");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Veelocity cannot be reached" })).ToBeVisibleAsync();
        await Expect(page.GetByText("This device has no connection")).ToBeVisibleAsync();
        await Expect(page.GetByText("does not answer")).ToBeHiddenAsync();
        // In the app's look, without the network: its styles are there.
        Assert.Equal("rgb(30, 58, 95)", await page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).EvaluateAsync<string>("link => getComputedStyle(link).backgroundColor"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Veelocity cannot be reached" })).ToBeVisibleAsync();
        await visit.Context.SetOfflineAsync(false);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "DORA Metrics", Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_the_server_is_away_a_press_tries_again()
    {
        var (visit, slug) = await OpenAsync();
        visit.ExpectAway();
        var page = visit.Page;
        // To the page it looks as if only the server were away.
        await visit.Context.AddInitScriptAsync("Object.defineProperty(navigator, 'onLine', { get: () => true }); addEventListener('online', event => event.stopImmediatePropagation(), true);");
        await visit.Context.SetOfflineAsync(true);
        await page.GotoAsync($"/o/{slug}/team");
        await Expect(page.GetByText("does not answer")).ToBeVisibleAsync();
        await visit.Context.SetOfflineAsync(false);
        await page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Team", Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nothing_of_a_person_or_an_organization_stays_on_the_device_after_signing_out()
    {
        var visit = await OpenAloneAsync();
        var page = visit.Page;
        await page.Locator("summary", new() { HasText = "Your menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Welcome to Veelocity" })).ToBeVisibleAsync();

        var kept = await page.EvaluateAsync<string[]>(Everything);
        Assert.Contains("/offline", kept);
        Assert.All(kept, path => Assert.Contains(Kept, start => path.StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal(0, await page.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length"));
        Assert.DoesNotContain(await visit.Context.CookiesAsync(), cookie => cookie.Name.Contains("Identity", StringComparison.Ordinal));
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_browser_takes_it_for_an_app_that_can_be_installed()
    {
        var (visit, _) = await OpenAsync();
        var session = await visit.Context.NewCDPSessionAsync(visit.Page);
        var manifest = await session.SendAsync("Page.getAppManifest");
        Assert.Empty(manifest!.Value.GetProperty("errors").EnumerateArray());
        using var told = JsonDocument.Parse(manifest.Value.GetProperty("data").GetString()!);
        foreach (var icon in told.RootElement.GetProperty("icons").EnumerateArray())
        {
            var answer = await visit.Context.APIRequest.GetAsync("/" + icon.GetProperty("src").GetString());
            Assert.Equal((200, icon.GetProperty("type").GetString()), (answer.Status, answer.Headers["content-type"]));
        }
        var errors = await session.SendAsync("Page.getInstallabilityErrors");
        Assert.DoesNotContain(errors!.Value.GetProperty("installabilityErrors").EnumerateArray().Select(e => e.GetProperty("errorId").GetString()), id => id != "in-incognito");

        foreach (var shortcut in told.RootElement.GetProperty("shortcuts").EnumerateArray())
        {
            await visit.Page.GotoAsync("/" + shortcut.GetProperty("url").GetString()!.TrimStart('.', '/'));
            await visit.Page.Locator("#organizations a").First.ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = shortcut.GetProperty("name").GetString(), Level = 1 })).ToBeVisibleAsync();
        }
    }

    private async Task<(Visit Visit, string Slug)> OpenAsync()
    {
        var acme = await App.AcmeAsync();
        var visit = await VisitAsync(acme.Admin, new() { ServiceWorkers = ServiceWorkerPolicy.Allow });
        await visit.Page.GotoAsync($"/o/{acme.Slug}");
        await ReadyAsync(visit.Page);
        return (visit, acme.Slug);
    }

    /// <summary>As someone whose sign-in no other journey needs.</summary>
    private async Task<Visit> OpenAloneAsync()
    {
        var person = await App.Api.RegisterAsync();
        var slug = await App.Api.FoundAsync(person, "Shared device");
        var visit = await VisitAsync(person, new() { ServiceWorkers = ServiceWorkerPolicy.Allow });
        await visit.Page.GotoAsync($"/o/{slug}/settings");
        await ReadyAsync(visit.Page);
        await visit.Page.GotoAsync($"/o/{slug}/team");
        return visit;
    }

    private static async Task ReadyAsync(IPage page)
    {
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null");
    }
}
