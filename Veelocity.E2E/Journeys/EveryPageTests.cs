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
        if (path.EndsWith("/nowhere", StringComparison.Ordinal)) visit.Expect(404);
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

    // Axe itself styles elements inline; that the pages do not is held by the other journeys.
    private static BrowserNewContextOptions In(ColorScheme scheme) => new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce, BypassCSP = true };

    [Theory]
    [MemberData(nameof(EveryPage.All), MemberType = typeof(EveryPage))]
    public async Task Axe_finds_nothing_in_light_and_in_dark(string path, bool isMember)
    {
        var page = (await OpenAsync(path, isMember, In(ColorScheme.Light))).Page;
        await FindsNothingAsync(page, "light");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.EvaluateAsync("() => { for (const folded of document.querySelectorAll('main details:not([data-menu])')) folded.open = true; }");
        // What was folded gets its colours with the next frame that is drawn; axe may look before.
        await page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        await FindsNothingAsync(page, "dark, unfolded");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_in_open_menus(ColorScheme scheme)
    {
        var page = (await OpenAsync($"/o/{EveryPage.Full}", isMember: true, In(scheme))).Page;
        foreach (var menu in await page.Locator("details[data-menu] > summary").AllAsync())
        {
            await menu.ClickAsync();
            await FindsNothingAsync(page, await menu.TextContentAsync() ?? "");
            await page.Keyboard.PressAsync("Escape");
        }
    }

    private static async Task FindsNothingAsync(IPage page, string look)
    {
        var found = await page.RunAxe(Rules);
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

    [Theory]
    [MemberData(nameof(EveryPage.All), MemberType = typeof(EveryPage))]
    public async Task No_page_scrolls_sideways_on_a_phone(string path, bool isMember)
    {
        var page = (await OpenAsync(path, isMember, Phone)).Page;
        var (width, widest) = (
            await page.EvaluateAsync<double>("() => document.documentElement.scrollWidth"),
            await page.EvaluateAsync<string>("() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 391).slice(0, 5).map(e => e.tagName + '.' + e.className).join(', ')"));
        Assert.True(width <= 390, $"{width} wide: {widest}");
    }

    [Fact]
    public async Task On_a_phone_the_navigation_is_a_bar_at_the_bottom_that_leads_everywhere()
    {
        var page = (await OpenAsync($"/o/{EveryPage.Full}", isMember: true, Phone)).Page;
        var bar = await page.Locator("#sidebar").BoundingBoxAsync();
        Assert.NotNull(bar);
        Assert.Equal((0f, 390f, 844f), (bar.X, bar.Width, bar.Y + bar.Height));
        foreach (var place in new[] { "DORA Metrics", "Settings", "Dashboard" })
        {
            await page.GetByRole(AriaRole.Link, new() { Name = place }).TapAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = place, Level = 1 })).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("#sidebar [aria-current]")).ToHaveTextAsync(place);
        }
    }
}

public sealed class SteadyLayoutTests(RunningApp app) : EveryPageJourney(app)
{
    private const double Most = 0.02;

    [Theory]
    [MemberData(nameof(EveryPage.All), MemberType = typeof(EveryPage))]
    public async Task Nothing_moves_while_a_page_loads(string path, bool isMember)
    {
        var (sum, what) = await (await OpenAsync(path, isMember, new())).ShiftsAsync();
        Assert.True(sum < Most, $"{sum}: {what}");
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
