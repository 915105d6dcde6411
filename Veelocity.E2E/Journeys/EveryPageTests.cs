using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;

namespace Veelocity.E2E.Journeys;

/// <summary>What holds on each page alike. That none of them complains in the console is held by <see cref="Journey"/>.</summary>
public abstract class EveryPageJourney(RunningApp app) : Journey(app)
{
    private protected async Task<Visit> OpenAsync(string path, bool isMember, BrowserNewContextOptions options)
    {
        var acme = await App.AcmeAsync();
        var visit = await VisitAsync(isMember ? acme.Admin : null, options);
        if (path.EndsWith("/nowhere", StringComparison.Ordinal) || path.EndsWith("/made-up", StringComparison.Ordinal)) visit.Expect(404);
        await visit.Page.GotoAsync(path.In(acme), new() { WaitUntil = WaitUntilState.Load });
        return visit;
    }
}

public sealed class AccessibilityTests(RunningApp app) : EveryPageJourney(app)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    private static readonly AxeRunOptions Colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };

    private const string Unfold = "() => { for (const folded of document.querySelectorAll('main details:not([data-menu])')) folded.open = true; }";

    // Axe itself styles elements inline; that the pages do not is held by the other journeys.
    private static BrowserNewContextOptions In(ColorScheme scheme) => new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce, BypassCSP = true };

    [Theory]
    [MemberData(nameof(EveryPage.All), MemberType = typeof(EveryPage))]
    public async Task Axe_finds_nothing_in_light_and_in_dark(string path, bool isMember)
    {
        var page = (await OpenAsync(path, isMember, In(ColorScheme.Light))).Page;
        await page.EvaluateAsync(Unfold);
        await FindsNothingAsync(page, Rules, "light");
        // Only colours change; a page that was open keeps some of the old ones for a moment.
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.ReloadAsync();
        await page.EvaluateAsync(Unfold);
        await FindsNothingAsync(page, Colours, "dark");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_in_open_menus(ColorScheme scheme)
    {
        var page = (await OpenAsync($"/o/{EveryPage.Full}", isMember: true, In(scheme))).Page;
        foreach (var menu in await page.Locator("details[data-menu] > summary:visible").AllAsync())
        {
            await menu.ClickAsync();
            await FindsNothingAsync(page, Rules, await menu.TextContentAsync() ?? "");
            await page.Keyboard.PressAsync("Escape");
        }
        await page.Keyboard.PressAsync("?");
        await FindsNothingAsync(page, Rules, "the list of shortcuts");
    }

    private static async Task FindsNothingAsync(IPage page, AxeRunOptions rules, string look)
    {
        // What was folded, or has changed its colours, is drawn with the next frame; axe may look before.
        await page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        var found = await page.RunAxe(rules);
        Assert.True(found.Violations.Length == 0, $"{page.Url} in {look}:\n" + string.Join('\n', found.Violations.SelectMany(violation =>
            violation.Nodes.Select(node => $"{violation.Id}: {violation.Help}\n  {node.Target}: {node.Html}\n  {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}"))));
    }
}

public sealed class PhoneTests(RunningApp app) : EveryPageJourney(app)
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
        var page = (await OpenAsync($"/o/{EveryPage.Full}", isMember: true, Phone)).Page;
        var bar = await page.Locator("#sidebar").BoundingBoxAsync();
        Assert.NotNull(bar);
        Assert.Equal((0f, 390f, 844f), (bar.X, bar.Width, bar.Y + bar.Height));
        foreach (var place in new[] { "DORA Metrics", "Development", "Team", "Dashboard" })
        {
            await page.Locator("#sidebar > ul > li > a").And(page.GetByTitle(place, new() { Exact = true })).TapAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = place, Level = 1 })).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("#sidebar > ul > li > [aria-current]")).ToHaveTextAsync(place);
        }
        // What the bar has no room for is one touch further.
        foreach (var place in new[] { "Incidents", "Settings" })
        {
            await page.Locator("#sidebar summary").TapAsync();
            await page.Locator("#sidebar .menu-panel").GetByRole(AriaRole.Link, new() { Name = place }).TapAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = place, Level = 1 })).ToBeVisibleAsync();
        }
    }
}

public sealed class SteadyLayoutTests(RunningApp app) : EveryPageJourney(app)
{
    private const double Most = 0.02;

    [Theory]
    [MemberData(nameof(EveryPage.All), MemberType = typeof(EveryPage))]
    public async Task Nothing_moves_while_a_page_loads_and_it_does_not_scroll_sideways_on_a_phone(string path, bool isMember)
    {
        var visit = await OpenAsync(path, isMember, new());
        var (sum, what) = await visit.ShiftsAsync();
        Assert.True(sum < Most, $"{sum}: {what}");

        await visit.Page.SetViewportSizeAsync(390, 844);
        await visit.Page.ReloadAsync(new() { WaitUntil = WaitUntilState.Load });
        var (width, widest) = (
            await visit.Page.EvaluateAsync<double>("() => document.documentElement.scrollWidth"),
            await visit.Page.EvaluateAsync<string>("() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 391).slice(0, 5).map(e => e.tagName + '.' + e.className).join(', ')"));
        Assert.True(width <= 390, $"{width} wide: {widest}");
    }

    [Theory]
    [InlineData("/dora/lead-time")]
    [InlineData("/team")]
    public async Task On_paper_it_is_black_on_white_without_what_can_only_be_pressed_and_the_filter_is_a_line(string path)
    {
        var page = (await OpenAsync($"/o/{EveryPage.Full}{path}", isMember: true, new() { ColorScheme = ColorScheme.Dark })).Page;
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(page.Locator("#sidebar")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".app-bar")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#filters .segments").First).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#filters .on-paper")).ToContainTextAsync("All repositories");
        Assert.Equal(["rgb(0, 0, 0)", "rgb(255, 255, 255)"], await page.EvaluateAsync<string[]>("() => [getComputedStyle(document.querySelector('h1')).color, getComputedStyle(document.body).backgroundColor]"));
        Assert.Equal("table-header-group", await page.Locator("thead").First.EvaluateAsync<string>("head => getComputedStyle(head).display"));
    }

    [Theory]
    [MemberData(nameof(EveryPage.WithNumbers), MemberType = typeof(EveryPage))]
    public async Task Nothing_moves_when_the_period_changes(string path)
    {
        var visit = await OpenAsync(path, isMember: true, new());
        await visit.Page.Locator("#period-90d").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#period-90d")).ToHaveAttributeAsync("aria-current", "true");
        var (sum, what) = await visit.ShiftsAsync();
        Assert.True(sum < Most, $"{sum}: {what}");
    }
}
