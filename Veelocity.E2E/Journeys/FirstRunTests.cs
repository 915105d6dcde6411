using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using Veelocity.Simulator.Gate;
using Veelocity.Web.Platform.Formatting;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed partial class FirstRunTests(RunningApp app) : Journey(app)
{
    [Fact]
    public async Task From_the_welcome_to_the_first_number_and_the_rows_behind_it()
    {
        var page = (await VisitAsync()).Page;
        var email = $"grace-{Guid.NewGuid():N}@example.com";
        await Newcomer.RegisterAndSignInAsync(App, page, email);

        await Expect(page).ToHaveURLAsync(AtNewOrganization());
        await page.GetByLabel("Name").FillAsync($"Hopper {email[6..12]}");
        await Expect(page.GetByLabel("Time zone")).ToHaveValueAsync("Europe/Paris");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create organization" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing to measure yet" })).ToBeVisibleAsync();
        var slug = page.Url.Split('/')[^1];
        await page.GetByRole(AriaRole.Link, new() { Name = "Connect GitHub" }).ClickAsync();
        await ConnectAndWatchAsync(page);

        var person = await App.Api.SignInAsync(email);
        var numbers = await App.Api.NumbersAsync(person, slug);
        await page.GetByRole(AriaRole.Link, new() { Name = "Dashboard", Exact = true }).ClickAsync();
        await SeeFrequencyAsync(page, numbers.GetProperty("deployment_frequency"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Dashboard", Exact = true }).ClickAsync();
        await SeeLeadTimeAsync(page, numbers.GetProperty("lead_time_for_changes"));
        await SyncAgainAsync(page);
    }

    private static async Task SyncAgainAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings", Exact = true }).ClickAsync();
        var again = page.GetByRole(AriaRole.Button, new() { Name = "Sync now" });
        // The button stands until the answer has taken its place; what is pressed before goes with the page it was on.
        await page.RunAndWaitForResponseAsync(() => again.ClickAsync(), response => response.Request.Method == "POST");
        await page.SettleAsync();
        await Expect(again).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sync history" }).ClickAsync();
        await Expect(page.Locator("#sync-history tbody tr", new() { HasText = "by hand" })).ToHaveCountAsync(2);
    }

    private async Task ConnectAndWatchAsync(IPage page)
    {
        // GitHub answers this token slowly until the page has asked how far the sync is.
        var slow = new Fault(FaultKind.Slow) { Request = RequestKind.GraphQl, Token = "ghp_first_run", DelayMilliseconds = 500 };
        App.GitHub.Faults.Add(slow);
        var asked = page.WaitForResponseAsync(response => response.Url.Contains("handler=Progress", StringComparison.Ordinal));

        await page.GetByLabel("Token").FillAsync(slow.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect GitHub" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("GitHub is connected as");
        await page.EvaluateAsync("() => { globalThis.isStillTheSamePage = true; }");
        await Expect(page.Locator("#sync-progress progress").First).ToBeVisibleAsync();
        await Expect(page.Locator("#sync-progress")).ToContainTextAsync(Counting());
        await asked;
        App.GitHub.Faults.Remove(slow);

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sync now" })).ToBeVisibleAsync();
        await Expect(page.Locator("#sync-progress .pill-good")).ToHaveCountAsync(2);
        Assert.True(await page.EvaluateAsync<bool>("() => globalThis.isStillTheSamePage"));
    }

    private async Task SeeFrequencyAsync(IPage page, JsonElement measured)
    {
        var total = measured.GetProperty("total").GetInt32();
        Assert.True(total > 5);
        var card = page.Locator("#kpi-deployment-frequency");
        await Expect(card.Locator(".kpi-number")).ToHaveTextAsync(Numbers.Frequency(measured.GetProperty("per_day").GetDouble()));
        await Expect(card.Locator(".kpi-n")).ToHaveTextAsync(Numbers.Count(total, "deployment"));

        await card.Locator(".kpi-link").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/dora/deployment-frequency$"));
        await page.Locator("dl.facts").GetByRole(AriaRole.Link, new() { Name = Numbers.Count(total), Exact = true }).First.ClickAsync();
        await Expect(page.Locator("#why .why-value")).ToContainTextAsync(Numbers.Count(total, "release"));
        await page.Locator("nav.tabs").GetByRole(AriaRole.Link, new() { Name = "Deployments", Exact = true }).ClickAsync();
        await Expect(page.Locator("#deployments")).ToBeVisibleAsync();
        Assert.Equal(total, (await RowsAsync(page, "#deployments")).Count);
    }

    private async Task SeeLeadTimeAsync(IPage page, JsonElement measured)
    {
        var count = measured.GetProperty("count").GetInt32();
        Assert.True(count > 5);
        var card = page.Locator("#kpi-lead-time");
        await Expect(card.Locator(".kpi-number")).ToHaveTextAsync(Durations.Short(measured.GetProperty("median").GetDouble()));
        await Expect(card.Locator(".kpi-n")).ToHaveTextAsync(Numbers.Count(count, "pull request"));

        await card.Locator(".kpi-link").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/dora/lead-time$"));
        await page.Locator("#slowest").GetByRole(AriaRole.Link, new() { Name = $"All {Numbers.Count(count)}" }).ClickAsync();
        await Expect(page.Locator("#changes")).ToBeVisibleAsync();
        var rows = await RowsAsync(page, "#changes");
        Assert.Equal(count, rows.Count);
        await IsThatPullRequestOnGitHubAsync(rows[0]);
    }

    /// <summary>Turns the pages of a list until its end; what each row links to.</summary>
    private static async Task<List<(string Title, string Href)>> RowsAsync(IPage page, string list)
    {
        var rows = new List<(string, string)>();
        for (var number = 1; ; number++)
        {
            foreach (var row in await page.Locator($"{list} tbody tr").AllAsync())
                rows.Add(((await row.Locator("a.name-line").TextContentAsync())!, (await row.Locator("a.out").GetAttributeAsync("href"))!));
            var next = page.Locator($"{list} .pager a", new() { HasText = "Next" });
            if (await next.CountAsync() == 0 || await next.GetAttributeAsync("aria-disabled") == "true") return rows;
            await next.ClickAsync();
            await Expect(page.Locator($"{list} .pager")).ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"Page {number + 1} of"));
        }
    }

    private async Task IsThatPullRequestOnGitHubAsync((string Title, string Href) row)
    {
        var (gitHub, cancellation) = (App.GitHub.BaseUrl.ToString(), TestContext.Current.CancellationToken);
        Assert.StartsWith(gitHub, row.Href, StringComparison.Ordinal);
        using var client = new HttpClient();
        using var question = new HttpRequestMessage(HttpMethod.Get, $"{gitHub}repos/{row.Href[gitHub.Length..].Replace("/pull/", "/pulls/", StringComparison.Ordinal)}");
        question.Headers.Authorization = new("Bearer", "ghp_good");
        using var answer = await client.SendAsync(question, cancellation);
        Assert.Equal(row.Title, (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("title").GetString());
    }

    [GeneratedRegex("/organizations/new$")]
    private static partial Regex AtNewOrganization();

    [GeneratedRegex(@"\d+ of \d+")]
    private static partial Regex Counting();
}
