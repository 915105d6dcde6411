using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

/// <summary>
/// What holds on each page alike, in one visit. That none of them complains in the console is held by <see cref="Journey"/>.
/// </summary>
public sealed class EveryPageTests(RunningApp app) : Journey(app)
{
    private const double MostShift = 0.02;

    private const string Unfold = """
        () => {
          for (const part of document.querySelectorAll('main details:not([data-menu], [open])')) part.open = part.wasFolded = true;
        }
        """;

    private const string Fold = """
        () => {
          for (const part of document.querySelectorAll('main details')) if (part.wasFolded) part.open = false;
        }
        """;

    private const string Overflowing = """
        () => 'wider than a phone: ' + [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 391)
          .slice(0, 5).map(e => e.tagName + '.' + e.className).join(', ')
        """;

    [Theory]
    [MemberData(nameof(EveryPage.All), MemberType = typeof(EveryPage))]
    public async Task A_page_keeps_still_is_accessible_in_light_and_dark_and_fits_a_phone(
        string path, bool isMember, bool hasPeriod)
    {
        var acme = await App.AcmeAsync();
        var visit = await LookAsync(isMember ? acme.Admin : null);
        var page = visit.Page;
        if (path.EndsWith("/nowhere", StringComparison.Ordinal) || path.EndsWith("/made-up", StringComparison.Ordinal))
            visit.Expect(404);
        await SetAsync(page, ColorScheme.Light, ReducedMotion.NoPreference, width: 1280, height: 720);
        await page.GotoAsync(path.In(acme), new() { WaitUntil = WaitUntilState.Load });

        var (moved, what) = await visit.ShiftsAsync();
        await Assert.MultipleAsync(
            () => KeptStillAsync(moved, what),
            () => IsAccessibleAsync(page),
            () => FitsAPhoneAsync(page),
            () => hasPeriod ? KeepsStillWhenThePeriodChangesAsync(visit, moved) : Task.CompletedTask);
    }

    private static Task KeptStillAsync(double moved, string what)
    {
        Assert.True(moved < MostShift, $"{moved} while it loaded: {what}");
        return Task.CompletedTask;
    }

    private static async Task IsAccessibleAsync(IPage page)
    {
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.EvaluateAsync(Unfold);
        await Axe.FindsNothingAsync(page, "light");
        // Only colors change.
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe.FindsEnoughContrastAsync(page, "dark");
        await page.EvaluateAsync(Fold);
    }

    private static async Task FitsAPhoneAsync(IPage page)
    {
        await page.SetViewportSizeAsync(390, 844);
        await page.SettleAsync();
        // A chart follows its card a moment later.
        await page.BecomesAsync("() => document.documentElement.scrollWidth <= 390", Overflowing);
    }

    private static async Task KeepsStillWhenThePeriodChangesAsync(Visit visit, double before)
    {
        await SetAsync(visit.Page, ColorScheme.Light, ReducedMotion.NoPreference, width: 1280, height: 720);
        await visit.ShiftsAsync();
        await visit.Page.Locator("#period-90d").ClickAsync();
        await Expect(visit.Page.Locator("#period-90d")).ToHaveAttributeAsync("aria-current", "true");
        var (moved, what) = await visit.ShiftsAsync();
        Assert.True(before + moved < MostShift, $"{moved} when the period changed, {before} before: {what}");
    }

    private static async Task SetAsync(IPage page, ColorScheme scheme, ReducedMotion motion, int width, int height)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = motion });
        await page.SetViewportSizeAsync(width, height);
    }
}
