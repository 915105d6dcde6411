using System.Globalization;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using Veelocity.Web.Platform.Formatting;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

/// <summary>Numbers, dates and instants as the reader writes them, whatever the organization's time zone is.</summary>
public sealed class ReaderTests(RunningApp app) : Journey(app)
{
    [Theory]
    [InlineData("de-DE", "America/New_York")]
    [InlineData("en-US", "Australia/Adelaide")]
    public async Task Numbers_and_instants_are_the_readers_days_and_files_are_not(string culture, string zone)
    {
        var acme = await App.AcmeAsync();
        var visit = await VisitAsync(acme.Admin, new() { Locale = culture, TimezoneId = zone });
        var page = visit.Page;
        await page.GotoAsync($"/o/{acme.Slug}");
        var numbers = await App.Api.GetAsync($"metrics/dora?{await page.PeriodAsync()}", acme.Admin, acme.Slug);
        Reader.Set(CultureInfo.GetCultureInfo(culture), TimeZoneInfo.FindSystemTimeZoneById(zone));
        await Expect(page.Locator("#kpi-lead-time .kpi-number")).ToHaveTextAsync(Durations.Short(numbers.GetProperty("lead_time_for_changes").GetProperty("median").GetDouble()));
        await Expect(page.Locator("#kpi-change-failure-rate .kpi-number")).ToHaveTextAsync(Numbers.Rate(numbers.GetProperty("change_failure_rate").GetProperty("value").GetDouble()));

        // The browser has told where its clock is; from the second page on it counts.
        await page.GotoAsync($"/o/{acme.Slug}/dora/deployments");
        var first = page.Locator("main td time").First;
        var at = DateTimeOffset.Parse((await first.GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture);
        await Expect(first).ToHaveTextAsync(Dates.ForReader("Europe/Paris").Short(at));
        Assert.Equal(TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(at), at.Offset);
        Assert.Contains("in Europe/Paris", await first.GetAttributeAsync("title"), StringComparison.Ordinal);
        await Expect(page.Locator(".page-note")).ToHaveTextAsync($"Days and periods are in Europe/Paris; times are yours, in {zone.Replace('_', ' ')}.");

        const string File = "/dora/lead-time?csv=lead-time-chart";
        var theirs = await visit.Context.APIRequest.GetAsync($"/o/{acme.Slug}{File}", new() { Headers = new Dictionary<string, string> { ["Accept-Language"] = culture } });
        var nobodys = await visit.Context.APIRequest.GetAsync($"/o/{acme.Slug}{File}", new() { Headers = new Dictionary<string, string> { ["Accept-Language"] = "*" } });
        Assert.Equal(await nobodys.TextAsync(), await theirs.TextAsync());
        Assert.StartsWith("text/csv", theirs.Headers["content-type"], StringComparison.Ordinal);
    }
}
