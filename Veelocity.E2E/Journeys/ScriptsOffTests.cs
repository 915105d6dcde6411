using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed class ScriptsOffTests(RunningApp app) : Journey(app)
{
    private static BrowserNewContextOptions WithoutScripts => new() { JavaScriptEnabled = false };

    [Fact]
    public async Task Without_scripts_one_registers_connects_and_sees_the_first_number()
    {
        var page = (await VisitAsync(options: WithoutScripts)).Page;
        var email = $"plain-{Guid.NewGuid():N}@example.com";
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Full name").FillAsync("Plain Reader");
        await page.GetByLabel("Email address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await page.GotoAsync((await App.Mails.ReadAsync(email)).PathAndQuery);
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and sign in" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Plain");
        await page.GetByLabel("Time zone").SelectOptionAsync("Europe/Lisbon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create organization" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Connect GitHub" }).ClickAsync();
        await page.GetByLabel("Token").FillAsync("ghp_good");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect GitHub" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("GitHub is connected as");
        await RefreshUntilReadAsync(page);

        await App.Api.NumbersAsync(await App.Api.SignInAsync(email), "plain");
        await page.GetByRole(AriaRole.Link, new() { Name = "Dashboard", Exact = true }).ClickAsync();
        await Expect(page.Locator("#kpi-deployment-frequency .kpi-n")).ToHaveTextAsync(new Regex(@"^\d+ deployments$"));
        await Expect(page.Locator("#kpi-lead-time .kpi-n")).ToHaveTextAsync(new Regex(@"^\d+ pull requests$"));

        await page.Locator("summary", new() { HasText = "Your menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Welcome to Veelocity" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_scripts_one_filters_and_reads_tables_instead_of_charts()
    {
        var acme = await App.AcmeAsync();
        var page = (await VisitAsync(acme.Admin, WithoutScripts)).Page;
        await page.GotoAsync($"/o/{acme.Slug}/dora/deployment-frequency");
        await page.GetByRole(AriaRole.Link, new() { Name = "90 days" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"\?period=90d$"));

        var name = (await page.Locator("#repo option").AllTextContentsAsync())[1];
        await page.Locator("#repo").SelectOptionAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(page.Locator("#repo")).ToHaveValueAsync(name);
        await Expect(page).ToHaveURLAsync(new Regex("period=90d&repo="));

        await page.GetByText("Show as table").First.ClickAsync();
        Assert.InRange(await page.Locator(".as-table tbody tr").CountAsync(), 10, 100);
        await Expect(page.Locator(".as-table tbody tr").First).ToBeVisibleAsync();
        await Expect(page.Locator("veelocity-chart").First).ToBeHiddenAsync();
    }

    private static async Task RefreshUntilReadAsync(IPage page)
    {
        var until = DateTime.UtcNow + Patience.Most;
        while (await page.GetByRole(AriaRole.Button, new() { Name = "Sync now" }).CountAsync() == 0)
        {
            Assert.True(DateTime.UtcNow < until, "The sync did not end.");
            await Task.Delay(500, TestContext.Current.CancellationToken);
            if (await page.GetByRole(AriaRole.Link, new() { Name = "Refresh" }).IsVisibleAsync())
                await page.GetByRole(AriaRole.Link, new() { Name = "Refresh" }).ClickAsync();
        }
    }
}
