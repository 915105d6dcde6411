using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed class PhoneTests(RunningApp app) : Journey(app)
{
    private static BrowserNewContextOptions Phone => new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        DeviceScaleFactor = 2,
        IsMobile = true,
        HasTouch = true,
    };

    [Fact]
    public async Task On_a_phone_the_navigation_is_a_bar_at_the_bottom_that_leads_everywhere()
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin, Phone)).Page;
        await page.GotoAsync($"/o/{acme.Slug}");
        var bar = await page.Locator("#sidebar").BoundingBoxAsync();
        Assert.NotNull(bar);
        Assert.Equal((0f, 390f, 844f), (bar.X, bar.Width, bar.Y + bar.Height));
        foreach (var place in new[] { "DORA Metrics", "Development", "Team", "Dashboard" })
        {
            await page.Locator("#sidebar > ul > li > a").And(page.GetByTitle(place, new() { Exact = true })).TapAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = place, Level = 1 })).ToBeVisibleAsync();
            await Expect(page.Locator("#sidebar > ul > li > [aria-current]")).ToHaveTextAsync(place);
        }
        // What the bar has no room for is one touch further.
        foreach (var place in new[] { "Incidents", "Settings" })
        {
            await page.Locator("#sidebar summary").TapAsync();
            await page.Locator("#sidebar .menu-panel").GetByRole(AriaRole.Link, new() { Name = place }).TapAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = place, Level = 1 })).ToBeVisibleAsync();
        }
    }
}
