using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed class AppearanceTests(RunningApp app) : Journey(app)
{
    [Fact]
    public async Task The_system_decides_between_light_and_dark_until_someone_chooses()
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin, new() { ColorScheme = ColorScheme.Dark })).Page;
        await page.GotoAsync($"/o/{acme.Slug}/dora");
        Assert.True(await IsDarkAsync(page));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        Assert.False(await IsDarkAsync(page));

        await page.GetByLabel("Theme").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        Assert.True(await IsDarkAsync(page));
        await page.ReloadAsync();
        Assert.True(await IsDarkAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Settings" })).ToBeVisibleAsync();
        Assert.True(await IsDarkAsync(page));

        await page.GetByLabel("Theme").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "System" }).ClickAsync();
        Assert.False(await IsDarkAsync(page));
        await page.ReloadAsync();
        Assert.False(await IsDarkAsync(page));
    }

    [Fact]
    public async Task A_chart_is_drawn_and_redrawn_in_the_colours_of_the_theme()
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin, new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce })).Page;
        await page.GotoAsync($"/o/{acme.Slug}/dora/deployment-frequency");
        await Expect(page.Locator("veelocity-chart canvas")).ToBeVisibleAsync();
        await page.BecomesAsync($"() => (globalThis.light = {Color}) !== undefined", Nothing);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.BecomesAsync($"() => ![undefined, light].includes({Color})", Nothing);
    }

    private const string Nothing = "() => 'The chart has no color, or that of the other theme.'";

    // What most of the chart is painted in.
    private const string Color = """
        (() => {
          const canvas = document.querySelector('veelocity-chart canvas');
          const dots = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          const colors = {};
          for (let at = 0; at < dots.length; at += 4)
            if (dots[at + 3] === 255) {
              const key = [dots[at], dots[at + 1], dots[at + 2]].join();
              colors[key] = (colors[key] ?? 0) + 1;
            }
          return Object.entries(colors).sort((a, b) => b[1] - a[1])[0]?.[0];
        })()
        """;

    private static Task<bool> IsDarkAsync(IPage page) => page.EvaluateAsync<bool>("""
        () => {
          const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
          const ink = getComputedStyle(document.body).color.match(/[\d.]+/g).map(Number);
          return red + green + blue < ink[0] + ink[1] + ink[2];
        }
        """);
}
