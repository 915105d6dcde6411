using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

/// <summary>How a page looks in states that <see cref="EveryPageTests"/> does not bring it to.</summary>
public sealed class LookTests(RunningApp app) : Journey(app)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_in_open_menus(ColorScheme scheme)
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin, new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce })).Page;
        await page.GotoAsync($"/o/{acme.Slug}");
        foreach (var menu in await page.Locator("details[data-menu] > summary:visible").AllAsync())
        {
            await menu.ClickAsync();
            await Axe.FindsNothingAsync(page, await menu.TextContentAsync() ?? "");
            await page.Keyboard.PressAsync("Escape");
        }
        await page.Keyboard.PressAsync("?");
        await Axe.FindsNothingAsync(page, "the list of shortcuts");
    }

    [Theory]
    [InlineData("/dora/lead-time")]
    [InlineData("/team")]
    public async Task On_paper_it_is_black_on_white_without_what_can_only_be_pressed_and_the_filter_is_a_line(string path)
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin, new() { ColorScheme = ColorScheme.Dark })).Page;
        await page.GotoAsync($"/o/{acme.Slug}{path}");
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        await Expect(page.Locator("#sidebar")).ToBeHiddenAsync();
        await Expect(page.Locator(".app-bar")).ToBeHiddenAsync();
        await Expect(page.Locator("#filters .segments").First).ToBeHiddenAsync();
        await Expect(page.Locator("#filters .on-paper")).ToContainTextAsync("All repositories");
        Assert.Equal(["rgb(0, 0, 0)", "rgb(255, 255, 255)"], await page.EvaluateAsync<string[]>("() => [getComputedStyle(document.querySelector('h1')).color, getComputedStyle(document.body).backgroundColor]"));
        Assert.Equal("table-header-group", await page.Locator("thead").First.EvaluateAsync<string>("head => getComputedStyle(head).display"));
    }
}
