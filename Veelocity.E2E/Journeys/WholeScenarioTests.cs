using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

/// <summary>All that an organization lives through, in one go.</summary>
public sealed class WholeScenarioTests(RunningApp app) : Journey(app)
{
    private const string Name = "Whole Story";

    [Fact]
    public async Task From_the_account_over_three_providers_every_page_and_a_Viewer_to_the_export_and_the_end()
    {
        var visit = await VisitAsync();
        var page = visit.Page;
        var email = $"ada-{Guid.NewGuid():N}@example.com";
        await Newcomer.RegisterAndSignInAsync(App, page, email);
        await page.GetByLabel("Name").FillAsync(Name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create organization" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing to measure yet" })).ToBeVisibleAsync();
        var home = new Uri(page.Url).AbsolutePath;

        await ConnectAsync(page, $"{home}/settings", "Token", "ghp_good", "Connect GitHub");
        await ConnectAsync(page, $"{home}/settings/linear", "API key", "lin_api_good", "Connect Linear");
        await ConnectAsync(page, $"{home}/settings/slack", "Bot token", "xoxb-good", "Connect Slack");
        await SeeSyncedAsync(page, home);
        await SeeEveryPageAsync(page, home);
        await SeeAsViewerAsync(page, home);
        await TakeAwayAsync(page, home);

        await page.GotoAsync($"{home}/settings/organization/delete");
        await page.GetByLabel($"Type {Name} to confirm").FillAsync(Name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the organization" }).ClickAsync();
        await Expect(page.GetByText($"{Name} is deleted")).ToBeVisibleAsync();
        visit.Expect(404);
        Assert.Equal(404, (await page.GotoAsync(home))!.Status);
    }

    private static async Task ConnectAsync(IPage page, string settings, string label, string secret, string button)
    {
        await page.GotoAsync(settings);
        await page.GetByLabel(label, new() { Exact = true }).FillAsync(secret);
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("connected");
    }

    private static async Task SeeSyncedAsync(IPage page, string home)
    {
        // Queued, running and done stand in one column; a sync takes as long as it takes.
        for (var until = DateTime.UtcNow + Patience.Most; DateTime.UtcNow < until; await page.WaitForTimeoutAsync(1_000))
        {
            await page.GotoAsync($"{home}/settings/sync-history");
            var done = await page.Locator("#sync-history tbody tr", new() { HasText = "Done" }).CountAsync();
            if (done >= 4) return;
        }
        Assert.Fail("The syncs did not end.");
    }

    private static async Task SeeEveryPageAsync(IPage page, string home)
    {
        foreach (var (path, shown) in new[]
                 {
                     ("", "#kpi-lead-time .kpi-number"), ("/dora", "main canvas"), ("/dora/deployment-frequency", "main canvas"), ("/dora/lead-time", "main canvas"),
                     ("/dora/change-failure-rate", "main canvas"), ("/dora/recovery", "main h1"), ("/dora/deployments", "main tbody tr"), ("/dora/changes", "main tbody tr"),
                     ("/dora/data-quality", "main h3"), ("/at-risk", "main h1"), ("/development", "main canvas"), ("/development/cycle-time", "main canvas"),
                     ("/development/throughput", "main canvas"), ("/team", "#members tbody tr"), ("/builds", "main canvas"), ("/incidents", "main tbody tr"), ("/planning", "main tbody tr"),
                     ("/planning/projects", "main tbody tr"), ("/settings/services", "main h1"), ("/settings/people", "main h1"), ("/settings/teams", "main h1"),
                     ("/settings/audit-log", "main tbody tr"),
                 })
        {
            await page.GotoAsync($"{home}{path}?period=90d");
            await Expect(page.Locator(shown).First).ToBeVisibleAsync();
        }
    }

    private async Task SeeAsViewerAsync(IPage admin, string home)
    {
        var email = $"grace-{Guid.NewGuid():N}@example.com";
        await admin.GotoAsync($"{home}/settings/members");
        await admin.GetByRole(AriaRole.Link, new() { Name = "Invite someone" }).ClickAsync();
        await admin.GetByLabel("Email address").FillAsync(email);
        await admin.GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        await Expect(admin.Locator("#invitations tbody tr")).ToContainTextAsync(email);

        var visit = await VisitAsync();
        var viewer = visit.Page;
        await viewer.GotoAsync((await App.Mails.ReadAsync(email)).Path);
        await viewer.GetByLabel("Full name").FillAsync("Grace Hopper");
        await viewer.GetByLabel("Password").FillAsync(Person.Password);
        await viewer.GetByRole(AriaRole.Button, new() { Name = "Create account and join" }).ClickAsync();
        await Expect(viewer.GetByText($"You belong to {Name} now.")).ToBeVisibleAsync();
        await viewer.GotoAsync(home);
        await Expect(viewer.Locator("#kpi-lead-time .kpi-number")).ToBeVisibleAsync();
        // Nothing is offered that a Viewer may not do.
        await viewer.GotoAsync($"{home}/settings");
        await Expect(viewer.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Sync|Disconnect|Connect") })).ToHaveCountAsync(0);
        await viewer.GotoAsync($"{home}/settings/organization");
        await Expect(viewer.Locator("#danger-zone")).ToHaveCountAsync(0);
        visit.Expect(403);
        Assert.Equal(403, (await viewer.GotoAsync($"{home}/settings/audit-log"))!.Status);
    }

    private static async Task TakeAwayAsync(IPage page, string home)
    {
        await page.GotoAsync($"{home}/settings/organization");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export the data" }).ClickAsync());
        await using var zip = await ZipFile.OpenReadAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
        foreach (var table in new[] { "pull_requests.csv", "deployments.csv", "incidents.csv", "issues.csv" })
            Assert.True(zip.GetEntry(table)!.Length > 200, table);
    }
}
