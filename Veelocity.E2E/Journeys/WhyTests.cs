using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

/// <summary>Why a number is what it is, beside the number itself; and what a member decides about its rows.</summary>
public sealed partial class WhyTests(RunningApp app) : Journey(app)
{
    // Where, inside the canvas: in its own dots, whatever the page is scaled by.
    private const string MiddleOfHighestBar = """
        canvas => {
          const bars = Chart.getChart(canvas).getDatasetMeta(0).data;
          const highest = bars.reduce((one, other) => (other.y < one.y ? other : one));
          return [highest.x, (highest.y + highest.base) / 2];
        }
        """;

    [Fact]
    public async Task Somebody_opens_why_leaves_a_row_out_with_a_reason_sees_the_value_change_and_takes_it_back()
    {
        // Of their own: what is left out here is left out for nobody else.
        var ada = await App.Api.RegisterAsync();
        var slug = await App.Api.FoundAsync(ada, "Decisions");
        await App.Api.ConnectAsync(ada, slug);
        var page = (await VisitAsync(ada, new() { ViewportSize = new() { Width = 1440, Height = 900 } })).Page;
        await page.GotoAsync($"/o/{slug}/dora/lead-time");
        var value = page.Locator("main .facts dd").Last;
        var before = Count(await value.TextContentAsync());
        await page.Locator("main .why-hint a").First.ClickAsync();
        var panel = page.Locator("#why-place #why");
        await Expect(panel.GetByRole(AriaRole.Heading, new() { Name = "Median lead time" })).ToBeFocusedAsync();
        await Expect(panel).ToContainTextAsync($"n = {before} pull request");
        Assert.EndsWith("/dora/lead-time", page.Url, StringComparison.Ordinal);
        // It stands beside the value, not on it.
        var (of, beside) = (await value.BoundingBoxAsync(), await panel.BoundingBoxAsync());
        Assert.True(of!.X + of.Width <= beside!.X);

        var row = panel.Locator(".why-rows > li").First;
        await row.Locator("summary").ClickAsync();
        await row.GetByLabel("Why").FillAsync("it was a drill");
        await row.GetByRole(AriaRole.Button, new() { Name = "Leave out" }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Status)).ToContainTextAsync("Left out");
        await Expect(page.Locator("main .facts dd").Last).ToHaveTextAsync($"{before - 1}");
        await Expect(panel).ToBeVisibleAsync();

        await panel.GetByRole(AriaRole.Link, new() { NameRegex = LeftOut() }).ClickAsync();
        await Expect(panel.Locator(".why-decision")).ToContainTextAsync("by Ada Lovelace");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await Expect(page.Locator("main .facts dd").Last).ToHaveTextAsync($"{before}");
        await page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToHaveCountAsync(0);
        await page.GotoAsync($"/o/{slug}/settings/decisions?show=taken-back");
        await Expect(page.Locator("#decisions")).ToContainTextAsync("it was a drill");
    }

    [Fact]
    public async Task A_bar_of_a_chart_opens_the_rows_of_its_bucket()
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin, new() { ViewportSize = new() { Width = 1440, Height = 900 } })).Page;
        await page.GotoAsync($"/o/{acme.Slug}/dora/deployment-frequency?period=90d");
        await page.SettleAsync();
        var bar = await page.Locator("#frequency-chart canvas").EvaluateAsync<float[]>(MiddleOfHighestBar);
        var box = await page.Locator("#frequency-chart canvas").BoundingBoxAsync();
        await page.Mouse.ClickAsync(box!.X + bar[0], box.Y + bar[1]);
        await Expect(page.Locator("#why-place #why-title")).ToHaveTextAsync("Deployment frequency");
        await Expect(page.Locator("#why-place .why-rows > li").First).ToBeVisibleAsync();
        // Another period: what the panel explained is gone.
        await page.Locator("#period-7d").ClickAsync();
        await Expect(page.Locator("#why-place #why")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task On_a_phone_the_explanation_comes_from_below_and_leaves_the_value_in_sight()
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin, new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true })).Page;
        await page.GotoAsync($"/o/{acme.Slug}");
        await page.Locator("#kpi-lead-time .why-hint a").TapAsync();
        var panel = page.Locator("#why-place #why");
        await Expect(panel).ToBeVisibleAsync();
        await Expect(page.Locator("#kpi-lead-time .kpi-number")).ToBeInViewportAsync();
        // It slides in, and the page scrolls with it.
        await page.BecomesAsync(
            """
            () => {
              const [value, sheet] = ['#kpi-lead-time .kpi-number', '#why-place #why']
                .map(part => document.querySelector(part).getBoundingClientRect());
              return value.bottom <= sheet.top && value.top > 50 && sheet.left === 0 && sheet.width === 390;
            }
            """,
            """
            () => JSON.stringify(['#kpi-lead-time .kpi-number', '#why-place #why']
              .map(part => document.querySelector(part).getBoundingClientRect()))
            """);
    }

    private static int Count(string? text) => int.Parse(text!.Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("^Left out")]
    private static partial Regex LeftOut();
}
