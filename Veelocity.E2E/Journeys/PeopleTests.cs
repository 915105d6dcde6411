using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

/// <summary>From the numbers of development to a team, to one of its people, and to who may see that.</summary>
public sealed class PeopleTests(RunningApp app) : Journey(app)
{
    [Fact]
    public async Task Somebody_goes_from_review_time_to_a_developer_and_the_organization_keeps_such_numbers_to_oneself()
    {
        // Of their own: what is hidden here is hidden from nobody else.
        var admin = await App.Api.RegisterAsync();
        var slug = await App.Api.FoundAsync(admin, "Private");
        await App.Api.ConnectAsync(admin, slug);
        var visit = await VisitAsync(admin, new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        visit.Expect(403);
        var page = visit.Page;
        await page.GotoAsync($"/o/{slug}/development?period=90d");
        await page.Locator("#kpi-first-review .why-hint a").ClickAsync();
        await Expect(page.Locator("#why-place #why-title")).ToHaveTextAsync("Median time to first review");
        await Expect(page.Locator("#why-place .why-rows > li").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#authors-agents").ClickAsync();
        await Expect(page.Locator("#authors-agents")).ToHaveAttributeAsync("aria-current", "true");
        await page.Locator("#authors-people").ClickAsync();
        await Expect(page.Locator("#authors-people")).ToHaveAttributeAsync("aria-current", "true");

        await page.GetByRole(AriaRole.Link, new() { Name = "Team", Exact = true }).First.ClickAsync();
        var member = page.Locator("#members td.name a").First;
        var name = await member.TextContentAsync();
        await member.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name!, Level = 1 })).ToBeVisibleAsync();
        await Expect(page.Locator("#timeline li").First).ToBeVisibleAsync();
        await Expect(page.Locator("#work-chart canvas")).ToBeVisibleAsync();
        var address = page.Url;

        await page.GotoAsync($"/o/{slug}/settings/members");
        await page.GetByLabel("Only oneself").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save who may see" }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("It holds from now on");
        await Expect(page.GetByLabel("Only oneself")).ToBeCheckedAsync();
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "These numbers are not shown to you" })).ToBeVisibleAsync();
        await page.GotoAsync($"/o/{slug}/team");
        await Expect(page.Locator("#members")).ToHaveCountAsync(0);

        await page.GotoAsync($"/o/{slug}/settings/members");
        await page.GetByLabel("Who Ada Lovelace is in the numbers").SelectOptionAsync(new SelectOptionValue { Label = name! });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("Saved.");
        await page.GotoAsync($"/o/{slug}/team");
        await page.GetByRole(AriaRole.Link, new() { Name = "Your own numbers" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name!, Level = 1 })).ToBeVisibleAsync();
    }
}
