using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

/// <summary>What is seen while an answer takes long, and when none comes.</summary>
public sealed class TroubleTests(RunningApp app) : Journey(app)
{
    [Fact]
    public async Task A_filter_that_gets_no_answer_says_so_keeps_the_page_and_works_when_tried_again()
    {
        var (visit, page) = await OpenAsync("/dora");
        visit.ExpectAway();
        await page.RouteAsync("**/dora?period=7d", route => route.AbortAsync("connectionrefused"));
        await page.Locator("#period-7d").ClickAsync();
        var told = page.GetByRole(AriaRole.Alert);
        await Expect(told).ToContainTextAsync("Veelocity could not be reached. The page shows what it showed before.");
        await Expect(page.Locator("#period-30d")).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page).ToHaveURLAsync(new Regex("/dora$"));

        await page.UnrouteAllAsync();
        await told.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Locator("#period-7d")).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page).ToHaveURLAsync(new Regex(@"/dora\?period=7d$"));
        await Expect(told).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_page_that_the_server_fails_to_answer_names_the_trace_and_works_when_tried_again()
    {
        var (visit, page) = await OpenAsync("");
        visit.Expect(500);
        await page.RouteAsync("**/team", route => route.FulfillAsync(new() { Status = 500, ContentType = "text/html", Body = "<section id=error><code>abc123</code></section>" }));
        await page.GetByRole(AriaRole.Link, new() { Name = "Team" }).ClickAsync();
        var told = page.GetByRole(AriaRole.Alert);
        await Expect(told).ToContainTextAsync("the fault is on its side");
        await Expect(told).ToContainTextAsync("Trace id abc123");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dashboard", Level = 1 })).ToBeVisibleAsync();

        await page.UnrouteAllAsync();
        await told.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Team", Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_form_that_gets_no_answer_is_sent_again_as_it_was_filled_in()
    {
        var person = await App.Api.RegisterAsync();
        var slug = await App.Api.FoundAsync(person, "Trouble");
        var visit = await VisitAsync(person);
        visit.ExpectAway();
        var page = visit.Page;
        await page.GotoAsync($"/o/{slug}/settings/organization");
        await page.GetByLabel("Name").First.FillAsync("After the trouble");
        await page.RouteAsync("**/*", route => route.AbortAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).First.ClickAsync();
        var told = page.GetByRole(AriaRole.Alert);
        await Expect(told).ToContainTextAsync("What you sent may not have been saved.");
        await page.UnrouteAllAsync();
        await told.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Locator(".switcher-name")).ToHaveTextAsync("After the trouble");
    }

    [Fact]
    public async Task While_an_answer_takes_long_a_line_shows_it_and_the_part_that_changes_is_busy()
    {
        var (_, page) = await OpenAsync("/dora");
        var go = new TaskCompletionSource();
        await page.RouteAsync("**/dora?period=7d", async route =>
        {
            await go.Task;
            await route.ContinueAsync();
        });
        await page.Locator("#period-7d").ClickAsync();
        await Expect(page.Locator("#main")).ToHaveAttributeAsync("aria-busy", "true");
        await page.WaitForFunctionAsync("() => getComputedStyle(document.documentElement, '::before').visibility === 'visible' && document.documentElement.hasAttribute('data-waiting')");
        go.SetResult();
        await Expect(page.Locator("#period-7d")).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page.Locator("html")).Not.ToHaveAttributeAsync("data-waiting", new Regex(".*"));
        await Expect(page.Locator("[aria-busy]")).ToHaveCountAsync(0);
    }

    private async Task<(Visit Visit, IPage Page)> OpenAsync(string path)
    {
        var acme = await App.AcmeAsync();
        var visit = await VisitAsync(acme.Admin);
        await visit.Page.GotoAsync($"/o/{acme.Slug}{path}");
        return (visit, visit.Page);
    }
}
