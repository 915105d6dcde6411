using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed class RefusedTokenTests(RunningApp app) : Journey(app)
{
    [Theory]
    [InlineData("ghp_wrong", "GitHub does not accept this token")]
    [InlineData("ghp_expired", "The token has expired")]
    [InlineData("ghp_sso", "demands single sign-on")]
    public async Task A_refused_token_is_explained_at_its_field_and_nothing_is_stored(string token, string explanation)
    {
        var person = await App.Api.RegisterAsync();
        var slug = await App.Api.FoundAsync(person, "Refused");
        var visit = await VisitAsync(person);
        var page = visit.Page;
        visit.Expect(422);

        await page.GotoAsync($"/o/{slug}/settings");
        await page.GetByText("Advanced:").ClickAsync();
        await page.GetByLabel("Repositories").FillAsync("acme/web\nacme/api");
        await page.GetByLabel("Token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect GitHub" }).ClickAsync();

        await Expect(page.Locator("#Form_Token-error")).ToContainTextAsync(explanation);
        await Expect(page.GetByLabel("Token")).ToHaveValueAsync("");
        await Expect(page.GetByLabel("Repositories")).ToHaveValueAsync("acme/web\nacme/api");
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
        await using var db = App.OpenDatabase();
        Assert.Equal(0, await (from connection in db.Connections.IgnoreQueryFilters()
                               join organization in db.Organizations on connection.OrganizationId equals organization.Id
                               where organization.Slug == slug
                               select connection).CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task After_a_mistyped_token_the_right_one_connects_from_the_same_form()
    {
        var person = await App.Api.RegisterAsync();
        var slug = await App.Api.FoundAsync(person, "Mistyped");
        var visit = await VisitAsync(person);
        var page = visit.Page;
        visit.Expect(422);

        await page.GotoAsync($"/o/{slug}/settings");
        await page.GetByLabel("Token").FillAsync("ghp_wrong");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#Form_Token-error")).ToBeVisibleAsync();
        await page.GetByLabel("Token").FillAsync("ghp_good");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("GitHub is connected as");
        await Expect(page.Locator("#connectors .pill-good").First).ToHaveTextAsync("Connected");
    }
}
