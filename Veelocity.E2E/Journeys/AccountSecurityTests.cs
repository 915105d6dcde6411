using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Veelocity.E2E.Stage;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Web;
using static Microsoft.Playwright.Assertions;

namespace Veelocity.E2E.Journeys;

public sealed class AccountSecurityTests(RunningApp app) : Journey(app)
{
    [Fact]
    public async Task Two_factor_is_turned_on_by_the_shown_key_asked_for_at_the_next_sign_in_and_opened_by_a_recovery_code_without_the_phone()
    {
        var ada = await App.Api.RegisterAsync();
        var visit = await VisitAsync(ada);
        visit.Expect(422);
        var page = visit.Page;
        await page.GotoAsync("/account/profile");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Your account" }).GetByRole(AriaRole.Link, new() { Name = "Security" }).ClickAsync();
        await page.Locator("#two-factor").GetByRole(AriaRole.Link, new() { Name = "Turn on" }).ClickAsync();
        await Expect(page.Locator("img.qr")).ToBeVisibleAsync();
        Assert.True(await page.Locator("img.qr").EvaluateAsync<int>("picture => picture.naturalWidth") > 100);
        var phone = new Authenticator(await page.GetByLabel("Or type this key into the app").InputValueAsync());
        await page.GetByLabel("Enter the six digits").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await Expect(page.Locator("#Code-error")).ToContainTextAsync("not the code");
        await page.GetByLabel("Enter the six digits").FillAsync(phone.Code());
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        var codes = (await page.GetByLabel("Your recovery codes").InputValueAsync()).Split('\n');
        Assert.Equal(10, codes.Length);
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        await Expect(page.Locator("#two-factor")).ToContainTextAsync("10 recovery codes left");

        foreach (var code in new[] { phone.Code(later: 1), codes[0] })
        {
            var other = await VisitAsync();
            await FillInPasswordAsync(other.Page, ada);
            await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "Second step" })).ToBeVisibleAsync();
            await other.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
            await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
            await Expect(other.Page).ToHaveURLAsync(new Regex("/organizations/new$"));
        }
        await page.ReloadAsync();
        await Expect(page.Locator("#two-factor")).ToContainTextAsync("9 recovery codes left");
        await Expect(page.Locator("#events")).ToContainTextAsync("Recovery code used");

        await page.Locator("#two-factor").GetByRole(AriaRole.Link, new() { Name = "Turn off" }).ClickAsync();
        await page.GetByLabel("Your password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn off" }).ClickAsync();
        await Expect(page.Locator("#two-factor").GetByRole(AriaRole.Link, new() { Name = "Turn on" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_passkey_is_added_named_anew_and_opens_the_account_without_a_password()
    {
        // One of its own, reached by a name: browsers bind passkeys to the name in the address, and the other one is public under another.
        await using var database = await TestDatabase.CreateAsync();
        await using var process = RunningApp.StartPublished(("ConnectionStrings__Veelocity", database.ConnectionString));
        var address = new UriBuilder(await process.ReadyAsync(TestContext.Current.CancellationToken)) { Host = "localhost" }.Uri;
        using var api = new Api(address);
        var ada = await api.RegisterAsync();
        var visit = await VisitAsync(options: new() { BaseURL = address.ToString() });
        var page = visit.Page;
        await AttachAuthenticatorAsync(visit);
        await FillInPasswordAsync(page, ada);
        await Expect(page).ToHaveURLAsync(new Regex("/organizations/new$"));
        await page.GotoAsync("/account/security");
        await page.GetByLabel("Name of the new passkey").FillAsync("Work laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(page.Locator("#passkeys .name-line")).ToHaveTextAsync("Work laptop");
        await page.Locator("#passkeys summary").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Old laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Expect(page.Locator("#passkeys .name-line")).ToHaveTextAsync("Old laptop");

        // The same device is not added twice.
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(page.Locator("#passkeys [role=status]")).ToContainTextAsync("has a passkey for your account already");

        await page.GotoAsync("/account/sign-out");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/account/login?returnUrl=%2Faccount%2Fsessions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/account/sessions$"));
        await Expect(page.Locator("#sessions")).ToContainTextAsync("by passkey");

        await page.GotoAsync("/account/security");
        await page.Locator("#passkeys summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.Locator("#passkeys .name-line")).ToHaveCountAsync(0);
        await page.GotoAsync("/account/sign-out");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/account/login");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not open an account here");
        await visit.Context.CloseAsync(); // before the app behind it
    }

    [Fact]
    public async Task A_session_is_ended_from_another_one_and_a_token_works_until_it_is_revoked()
    {
        var ada = await App.Api.RegisterAsync();
        var slug = await App.Api.FoundAsync(ada, "Tokens");
        var visit = await VisitAsync();
        var page = visit.Page;
        await FillInPasswordAsync(page, ada);
        await Expect(page).ToHaveURLAsync(new Regex($"/o/{slug}"));
        var other = (await VisitAsync()).Page;
        await FillInPasswordAsync(other, ada);
        await Expect(other).ToHaveURLAsync(new Regex($"/o/{slug}"));

        await page.GotoAsync("/account/sessions");
        await Expect(page.Locator("#sessions tbody tr")).ToHaveCountAsync(2);
        await page.Locator("#sessions tbody").GetByRole(AriaRole.Button, new() { Name = "End" }).ClickAsync();
        await Expect(page.Locator("#sessions tbody tr")).ToHaveCountAsync(1);
        await other.ReloadAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();

        await page.GotoAsync($"/o/{slug}/settings/tokens");
        await page.GetByLabel("Name").FillAsync("Weekly report");
        await page.GetByLabel("Expires", new() { Exact = true }).SelectOptionAsync("In 30 days");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make token" }).ClickAsync();
        var token = await page.GetByLabel("Your new token").InputValueAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(token));
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Your new token")).ToHaveCountAsync(0);
        await Expect(page.Locator("#tokens tbody tr")).ToContainTextAsync("just now");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Weekly report" }).ClickAsync();
        await Expect(page.Locator("#tokens")).ToContainTextAsync("None yet.");
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(token));
    }

    [Fact]
    public async Task The_password_meter_says_in_words_what_the_server_would_say()
    {
        var page = (await VisitAsync()).Page;
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Full name").FillAsync("Grace Hopper");
        await page.GetByLabel("Email address").FillAsync("grace@example.com");
        var said = page.Locator("password-meter [aria-live]");
        await Expect(said).Not.ToBeVisibleAsync();
        foreach (var (password, words) in new[]
        {
            ("short", "7 more"), ("aaaaaaaaaaaaaa", "again and again"), ("i am grace hopper", "your address or name"),
            ("abcdefghijklmnop", "easy to guess"), ("four right words", "Good"), ("correct horse battery staple", "Very good"),
        })
        {
            await page.GetByLabel("Password").FillAsync(password);
            await Expect(said).ToContainTextAsync(words);
        }
    }

    private static async Task FillInPasswordAsync(IPage page, Person person)
    {
        await page.GotoAsync("/account/login");
        await page.GetByLabel("Email address").FillAsync(person.Email);
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    // A device with a lock of its own that always says yes.
    private static async Task AttachAuthenticatorAsync(Visit visit)
    {
        var browser = await visit.Context.NewCDPSessionAsync(visit.Page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = true,
                automaticPresenceSimulation = true,
            },
        });
    }

    private async Task<HttpStatusCode> AskAsync(string token)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(App.Address, "/api/v1/teams"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
