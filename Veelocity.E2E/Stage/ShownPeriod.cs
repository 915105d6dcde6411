using System.Globalization;
using Microsoft.Playwright;

namespace Veelocity.E2E.Stage;

/// <summary>The days that a page with filters shows, so that a test asks the API for the same ones whatever day it has become meanwhile.</summary>
internal static class ShownPeriod
{
    public static async Task<(DateOnly First, DateOnly Last)> DaysAsync(this IPage page) => (
        Day(await page.Locator("#from").InputValueAsync()), Day(await page.Locator("#to").InputValueAsync()));

    /// <summary>As the API takes them.</summary>
    public static async Task<string> PeriodAsync(this IPage page)
    {
        var (first, last) = await page.DaysAsync();
        return string.Create(CultureInfo.InvariantCulture, $"start_date={first:yyyy-MM-dd}&end_date={last:yyyy-MM-dd}");
    }

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
