using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using Veelocity.Web.Platform.Formatting;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed class TeamTests(RunningApp app) : Journey(app)
{
    [Fact]
    public async Task A_team_is_made_given_a_repository_and_chosen_on_the_dashboard()
    {
        var ada = await App.Api.RegisterAsync();
        var slug = await App.Api.FoundAsync(ada, "Teams");
        await App.Api.ConnectAsync(ada, slug);
        var page = (await VisitAsync(ada)).Page;
        var repository = (await App.Api.GetAsync("metrics/dora/deployment-frequency?group_by=repo", ada, slug)).GetProperty("groups")[0];
        var name = repository.GetProperty("label").GetString()!;

        await page.GotoAsync($"/o/{slug}/settings/teams");
        await page.GetByLabel("New team").FillAsync("Checkout");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make team" }).ClickAsync();
        await Expect(page.Locator("#team-title")).ToHaveTextAsync("Checkout");
        await page.GetByLabel("Add a person").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Add person" }).ClickAsync();
        await Expect(page.Locator("#members tbody tr")).ToHaveCountAsync(1);
        await page.GetByLabel("Add a repository").SelectOptionAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add repository" }).ClickAsync();
        await Expect(page.Locator("#owns .name-line")).ToHaveTextAsync(name);

        await page.GotoAsync($"/o/{slug}");
        await page.Locator("#team").SelectOptionAsync(new SelectOptionValue { Label = "Checkout" });
        await Expect(page).ToHaveURLAsync(new Regex("team="));
        await page.SettleAsync();
        var path = $"metrics/dora/deployment-frequency?group_by=repo&{await page.PeriodAsync()}";
        var groups = (await App.Api.GetAsync(path, ada, slug)).GetProperty("groups").EnumerateArray();
        var count = groups.Single(group => group.GetProperty("label").GetString() == name).GetProperty("count").GetInt64();
        await Expect(page.Locator("#kpi-deployment-frequency .kpi-n")).ToHaveTextAsync(Numbers.Count(count, "deployment"));
        await page.GetByRole(AriaRole.Link, new() { Name = "DORA Metrics" }).ClickAsync();
        await Expect(page.Locator("#team option:checked")).ToHaveTextAsync("Checkout");
        await page.ReloadAsync();
        await Expect(page.Locator("#kpi-deployment-frequency .kpi-n")).ToHaveTextAsync(Numbers.Count(count, "deployment"));

        await page.GotoAsync($"/o/{slug}/dora/deployment-frequency");
        await page.Locator("#by-team .name-line").GetByText("Checkout").ClickAsync();
        await Expect(page.Locator("#team option:checked")).ToHaveTextAsync("Checkout");
    }
}
