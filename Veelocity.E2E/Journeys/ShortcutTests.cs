using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed class ShortcutTests(RunningApp app) : Journey(app)
{
    [Fact]
    public async Task G_and_a_letter_leads_to_each_place_of_the_sidebar()
    {
        var page = await OpenAsync("");
        foreach (var (letter, name) in new[] { ("m", "DORA Metrics"), ("v", "Development"), ("t", "Team"), ("b", "Builds"), ("i", "Incidents"), ("p", "Planning"), ("s", "Settings"), ("d", "Dashboard") })
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync(letter);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task The_period_is_chosen_by_keys_and_slash_goes_to_the_filter_and_the_search()
    {
        var page = await OpenAsync("/dora");
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.PressAsync("9");
        await Expect(page.Locator("#period-90d")).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("[");
        await Expect(page.Locator("#period-30d")).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("[");
        await Expect(page.Locator("#period-7d")).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("[");
        await page.Keyboard.PressAsync("]");
        await Expect(page.Locator("#period-30d")).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("#repo")).ToBeFocusedAsync();

        await page.GotoAsync($"/o/{(await App.AcmeAsync()).Slug}/settings/people");
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("gd?/");
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("gd?/");
        await Expect(page).ToHaveURLAsync(new Regex("/settings/people$"));
    }

    [Fact]
    public async Task The_list_opens_by_key_and_from_the_menu_keeps_the_focus_and_escape_gives_it_back()
    {
        var page = await OpenAsync("");
        var list = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await page.Locator("#repo").FocusAsync();
        await page.Locator("#period-7d").FocusAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(list).ToBeVisibleAsync();
        for (var tab = 0; tab < 6; tab++)
        {
            await page.Keyboard.PressAsync("Tab");
            // Between the last and the first lies the browser's own frame.
            Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement === document.body || document.getElementById('shortcuts').contains(document.activeElement)"));
        }
        await page.Keyboard.PressAsync("Escape");
        await Expect(list).ToBeHiddenAsync();
        await Expect(page.Locator("#period-7d")).ToBeFocusedAsync();

        var menu = page.Locator("summary", new() { HasText = "Your menu" });
        await menu.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        await Expect(list).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(list).ToBeHiddenAsync();
        await Expect(menu).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Someone_turns_them_off_and_no_key_does_anything_until_they_are_on_again()
    {
        var page = await OpenAsync("/dora");
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Single-key shortcuts" }).UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.ReloadAsync();
        foreach (var key in new[] { "g", "d", "/", "p", "7", "?" }) await page.Keyboard.PressAsync(key);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/dora$"));

        await page.Locator("summary", new() { HasText = "Your menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        await page.GetByRole(AriaRole.Switch).CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.PressAsync("7");
        await Expect(page.Locator("#period-7d")).ToHaveAttributeAsync("aria-current", "true");
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin)).Page;
        // To the page, two keys come at once however long the machine takes between them.
        await page.AddInitScriptAsync("Object.defineProperty(Event.prototype, 'timeStamp', { get: () => 0 });");
        await page.GotoAsync($"/o/{acme.Slug}{path}");
        return page;
    }
}
