using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Tests;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed class FilterTests(RunningApp app) : Journey(app)
{
    private DateOnly openedOn;

    [Fact]
    public async Task A_period_is_in_the_address_survives_a_reload_and_comes_back()
    {
        var (page, acme) = await OpenAsync("");
        var month = await ShowsLastDaysAsync(page, acme, 30);

        await page.GetByRole(AriaRole.Link, new() { Name = "7 days" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"\?period=7d$"));
        Assert.NotEqual(month, await ShowsLastDaysAsync(page, acme, 7));
        await page.ReloadAsync();
        await ShowsLastDaysAsync(page, acme, 7);

        await page.GetByRole(AriaRole.Link, new() { Name = "90 days" }).ClickAsync();
        await ShowsLastDaysAsync(page, acme, 90);
        await page.GoBackAsync();
        await ShowsLastDaysAsync(page, acme, 7);
        await page.GoBackAsync();
        await ShowsLastDaysAsync(page, acme, 30);
        await page.GoForwardAsync();
        await ShowsLastDaysAsync(page, acme, 7);

        await page.GetByRole(AriaRole.Link, new() { Name = "DORA Metrics" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/dora\?period=7d$"));
    }

    [Fact]
    public async Task A_repository_is_in_the_address_survives_a_reload_and_comes_back()
    {
        var (page, acme) = await OpenAsync("");
        var all = await ShowsLastDaysAsync(page, acme, 30);
        var path = $"metrics/dora/deployment-frequency?group_by=repo&{await page.PeriodAsync()}";
        var repository = (await App.Api.GetAsync(path, acme.Admin, acme.Slug)).GetProperty("groups")[0];
        var (name, count) = (repository.GetProperty("label").GetString()!, repository.GetProperty("count").GetInt64());
        Assert.NotEqual(all, count);

        await page.Locator("#repo").SelectOptionAsync(name);
        await ShowsAsync(page, "30 days", count);
        Assert.Contains("repo=", page.Url, StringComparison.Ordinal);
        await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = "30 days" }).ClickAsync(),
            response => response.Url.Contains("repo=", StringComparison.Ordinal));
        await page.SettleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#repo")).ToHaveValueAsync(name);
        await ShowsAsync(page, "30 days", count);

        await page.GotoAsync($"/o/{acme.Slug}");
        await page.Locator("#repo").SelectOptionAsync(name);
        await ShowsAsync(page, "30 days", count);
        await page.GoBackAsync();
        await Expect(page.Locator("#repo")).ToHaveValueAsync("");
        await ShowsAsync(page, "30 days", all);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_quick_choices_the_last_one_is_shown_whichever_is_answered_first(bool isFirstAnsweredFirst)
    {
        var (page, _) = await OpenAsync("");
        var (first, last) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync(new Regex("period=90d"), route => HoldAsync(route, first.Task));
        await page.RouteAsync(new Regex("period=7d"), route => HoldAsync(route, last.Task));
        var isFirstOver = new TaskCompletionSource();
        page.RequestFinished += (_, request) => NoteEnd(request);
        page.RequestFailed += (_, request) => NoteEnd(request);
        await page.GetByRole(AriaRole.Link, new() { Name = "90 days" }).ClickAsync();
        await page.RunAndWaitForRequestAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "7 days" }).ClickAsync(), new Regex("period=7d"));

        (isFirstAnsweredFirst ? first : last).SetResult();
        if (isFirstAnsweredFirst) await Wait.OnAsync(isFirstOver.Task);
        else await Expect(page.Locator("#period-7d")).ToHaveAttributeAsync("aria-current", "true");
        (isFirstAnsweredFirst ? last : first).SetResult();
        await Wait.OnAsync(isFirstOver.Task);
        await Expect(page.Locator("#period-7d")).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page).ToHaveURLAsync(new Regex(@"\?period=7d$"));

        static async Task HoldAsync(IRoute route, Task until)
        {
            await until;
            await route.ContinueAsync();
        }

        void NoteEnd(IRequest request)
        {
            if (request.Url.Contains("period=90d", StringComparison.Ordinal)) isFirstOver.TrySetResult();
        }
    }

    [Fact]
    public async Task A_custom_period_is_chosen_shown_and_kept()
    {
        var (page, acme) = await OpenAsync("");
        var last = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-10);
        var first = last.AddDays(-44);
        var period = $"start_date={Iso(first)}&end_date={Iso(last)}";
        await page.Locator("#period-custom").ClickAsync();
        await page.GetByLabel("First day").FillAsync(Iso(first));
        await page.GetByLabel("Last day").FillAsync(Iso(last));
        await page.GetByRole(AriaRole.Button, new() { Name = "Show period" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex($@"\?from={Iso(first)}&to={Iso(last)}"));
        var count = await CountAsync(acme, period);
        await Expect(page.Locator("#period-custom")).ToHaveTextAsync(Dates.Range(first, last));
        await Expect(page.Locator("#kpi-deployment-frequency .kpi-n")).ToHaveTextAsync(Numbers.Count(count, "deployment"));
        await page.ReloadAsync();
        await Expect(page.Locator("#period-custom")).ToHaveTextAsync(Dates.Range(first, last));
        await Expect(page.Locator("#kpi-deployment-frequency .kpi-n")).ToHaveTextAsync(Numbers.Count(count, "deployment"));
    }

    [Theory]
    [InlineData("?from=2026-13-45&to=tomorrow", "A custom period needs a first and a last day")]
    [InlineData("?from=2026-05-02&to=2026-05-01", "The last day was before the first")]
    [InlineData("?from=1999-01-01&to=2026-05-01", "three years at most")]
    public async Task An_impossible_period_in_the_address_is_explained_and_the_last_30_days_shown(string query, string explanation)
    {
        var (page, acme) = await OpenAsync(query);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(explanation);
        await ShowsLastDaysAsync(page, acme, 30);
    }

    [Fact]
    public async Task A_repository_that_the_organization_does_not_have_is_not_found()
    {
        var acme = await App.AcmeAsync();
        var visit = await VisitAsync(acme.Admin);
        visit.Expect(404);
        var answer = await visit.Page.GotoAsync($"/o/{acme.Slug}?repo=else/where");
        Assert.Equal(404, answer?.Status);
    }

    private async Task<(IPage Page, Acme Acme)> OpenAsync(string path)
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin)).Page;
        openedOn = Today();
        await page.GotoAsync($"/o/{acme.Slug}{path}");
        return (page, acme);
    }

    private static async Task ShowsAsync(IPage page, string period, long deployments)
    {
        await Expect(page.Locator("#filters [aria-label=Period] a[aria-current]")).ToHaveTextAsync(period);
        await Expect(page.Locator("#kpi-deployment-frequency .kpi-n")).ToHaveTextAsync(Numbers.Count(deployments, "deployment"));
    }

    /// <summary>That the page shows this many days up to today, with as many deployments as the API counts; how many.</summary>
    private async Task<long> ShowsLastDaysAsync(IPage page, Acme acme, int days)
    {
        await Expect(page.Locator("#filters [aria-label=Period] a[aria-current]")).ToHaveTextAsync($"{days} days");
        var (first, last) = await page.DaysAsync();
        Assert.Equal(days, last.DayNumber - first.DayNumber + 1);
        // It may have become midnight since the page was opened.
        Assert.InRange(last, openedOn, Today());
        var count = await CountAsync(acme, await page.PeriodAsync());
        await ShowsAsync(page, $"{days} days", count);
        return count;
    }

    private static DateOnly Today() =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTimeOffset.UtcNow, "Europe/Paris").DateTime);

    private async Task<long> CountAsync(Acme acme, string period)
    {
        var frequency = await App.Api.GetAsync($"metrics/dora/deployment-frequency?{period}", acme.Admin, acme.Slug);
        return frequency.GetProperty("total").GetInt64();
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
