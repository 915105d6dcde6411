using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

/// <summary>Why a number is what it is, beside the number itself; and what a member decides about its rows.</summary>
public sealed partial class WhyTests(RunningApp app) : Journey(app)
{
    [Fact]
    public async Task Somebody_opens_why_leaves_a_row_out_with_a_reason_sees_the_value_change_and_takes_it_back()
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin, new() { ViewportSize = new() { Width = 1440, Height = 900 } })).Page;
        await page.GotoAsync($"/o/{acme.Slug}/dora/lead-time");
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
        await page.GotoAsync($"/o/{acme.Slug}/settings/decisions?show=taken-back");
        await Expect(page.Locator("#decisions")).ToContainTextAsync("it was a drill");
    }

    [Fact]
    public async Task A_bar_of_a_chart_opens_the_rows_of_its_bucket()
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin, new() { ViewportSize = new() { Width = 1440, Height = 900 } })).Page;
        await page.GotoAsync($"/o/{acme.Slug}/dora/deployment-frequency?period=90d");
        var box = await page.Locator("#frequency-chart canvas").BoundingBoxAsync();
        await page.Mouse.ClickAsync(box!.X + box.Width / 2, box.Y + box.Height - 50);
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
        await page.WaitForTimeoutAsync(400);
        var (value, sheet) = (await page.Locator("#kpi-lead-time .kpi-number").BoundingBoxAsync(), await panel.BoundingBoxAsync());
        Assert.True(value!.Y + value.Height <= sheet!.Y && value.Y > 50, $"{value.Y} … {sheet.Y}");
        Assert.Equal((0f, 390f), (sheet.X, sheet.Width));
    }

    private static int Count(string? text) => int.Parse(text!.Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("^Left out")]
    private static partial Regex LeftOut();
}
