using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed class KeyboardTests(RunningApp app) : Journey(app)
{
    // A link that fills its card shows the ring around the card.
    private const string HasRing = """
        () => [[document.activeElement], [document.activeElement, '::after']].some(of => {
          const style = getComputedStyle(...of);
          return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
        })
        """;

    [Fact]
    public async Task The_first_tab_offers_to_skip_to_the_content()
    {
        var page = await OpenDashboardAsync();
        await page.Keyboard.PressAsync("Tab");
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });
        await Expect(skip).ToBeFocusedAsync();
        await Expect(skip).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#period-7d")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Tabs_follow_the_page_and_a_card_opens_with_enter()
    {
        var page = await OpenDashboardAsync();
        var stops = new List<string>();
        while (stops.LastOrDefault() != "Lead time for changes" && stops.Count < 40)
        {
            await page.Keyboard.PressAsync("Tab");
            stops.Add(await page.EvaluateAsync<string>(
                "() => (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim().replace(/\\s+/g, ' ')"));
            Assert.True(await page.EvaluateAsync<bool>(HasRing), $"No focus ring on {stops[^1]}");
        }
        string[] order = ["Skip to content", "Veelocity", "Dashboard", "DORA Metrics", "Settings", "7 days", "30 days", "90 days", "Custom", "Repository", "Deployment frequency", "Lead time for changes"];
        Assert.Equal(order, stops.Where(order.Contains));

        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/dora/lead-time$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Slowest pull requests" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_menu_opens_with_enter_and_escape_closes_it_and_gives_the_focus_back()
    {
        var page = await OpenDashboardAsync();
        var menu = page.Locator("summary", new() { HasText = "Your menu" });
        await menu.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Profile" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Profile" })).ToBeHiddenAsync();
        await Expect(menu).ToBeFocusedAsync();
    }

    private async Task<IPage> OpenDashboardAsync()
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin)).Page;
        await page.GotoAsync($"/o/{acme.Slug}");
        return page;
    }
}
