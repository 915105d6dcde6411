using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.SignIn;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Account;

public sealed class GitHubTests(TestApp without) : IAsyncLifetime
{
    private const string Start = "form[action^='/account/github']";

    private GitHubSimulator gitHub = null!;
    private TestApp app = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        gitHub = await GitHubSimulator.StartAsync(SeededWorld.Create(new SeedOptions { Now = SeedOptions.Today(TimeProvider.System), PullRequests = 20 }), cancel: Now);
        app = new TestApp
        {
            Settings =
            {
                ["Veelocity:SignIn:GitHub:ClientId"] = "veelocity",
                ["Veelocity:SignIn:GitHub:ClientSecret"] = GitHubSignIns.ClientSecret,
                ["Veelocity:SignIn:GitHub:BaseUrl"] = gitHub.BaseUrl.ToString(),
            },
        };
        await app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await gitHub.DisposeAsync();
    }

    [Fact]
    public async Task A_newcomer_gets_an_account_with_a_confirmed_address_and_comes_back_to_it()
    {
        var email = Sits(verified: true);
        using var browser = app.Browser();
        var signedIn = await GoAsync(browser, "/account/login?returnUrl=%2Faccount%2Fprofile");
        Assert.Equal("/account/profile", signedIn.Location);
        Assert.Contains(email, (await browser.FollowAsync(signedIn)).Html, StringComparison.Ordinal);
        await using (var db = app.Database.Open())
        {
            var user = await db.Users.SingleAsync(u => u.Email == email, Now);
            Assert.True(user.EmailConfirmed);
            Assert.Null(user.PasswordHash);
        }

        using var again = app.Browser();
        Assert.Equal("/", (await GoAsync(again, "/account/login")).Location);
        var security = await again.GetAsync("/account/security");
        Assert.Contains("GitHub linked", security.Text, StringComparison.Ordinal);
        // The last way in stays, until there is another.
        var refused = await again.FollowAsync(await again.PressAsync("/account/security", "#github form"));
        Assert.Contains("only way into your account", refused.Text, StringComparison.Ordinal);
        await again.SubmitAsync("/account/change-password", ("NewPassword", "a password of my own"));
        Assert.Contains("GitHub is unlinked.", (await again.FollowAsync(await again.PressAsync("/account/security", "#github form"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_GitHub_has_not_verified_opens_nothing()
    {
        var email = Sits(verified: false);
        using var browser = app.Browser();
        var refused = await browser.FollowAsync(await GoAsync(browser, "/account/login"));
        Assert.Contains("not verified", refused.Text, StringComparison.Ordinal);
        await using var db = app.Database.Open();
        Assert.False(await db.Users.AnyAsync(u => u.Email == email, Now));
    }

    [Fact]
    public async Task An_equal_address_alone_opens_no_account_that_has_not_confirmed_it()
    {
        await app.SomeoneAsync(); // the first of all has nobody to confirm to
        var ada = await app.SomeoneAsync();
        Sits(verified: true, ada.Email);
        using var browser = app.Browser();
        var refused = await browser.FollowAsync(await GoAsync(browser, "/account/login"));
        Assert.Contains("or choose a new one by mail, then link GitHub", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account/profile")).Status);

        // As it says: by password, then linked, and from then on GitHub opens it.
        await browser.SignInAsync(ada);
        Assert.Contains("GitHub is linked.", (await browser.FollowAsync(await GoAsync(browser, "/account/security", "#github form"))).Text, StringComparison.Ordinal);
        using var again = app.Browser();
        Assert.Equal("/", (await GoAsync(again, "/account/login")).Location);
    }

    [Fact]
    public async Task A_confirmed_address_on_both_sides_links_the_account()
    {
        var ada = await app.SomeoneAsync();
        await using var db = app.Database.Open();
        await db.Users.Where(u => u.Email == ada.Email).ExecuteUpdateAsync(change => change.SetProperty(u => u.EmailConfirmed, true), Now);
        Sits(verified: true, ada.Email);
        using var browser = app.Browser();
        Assert.Equal("/", (await GoAsync(browser, "/account/login")).Location);
        Assert.Contains(ada.Email, (await browser.GetAsync("/account/profile")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_GitHub_account_opens_one_account_only()
    {
        var (ada, eve) = (await app.SomeoneAsync(), await app.SomeoneAsync());
        Sits(verified: true);
        using var hers = app.Browser();
        await hers.SignInAsync(ada);
        await GoAsync(hers, "/account/security", "#github form");
        using var eves = app.Browser();
        await eves.SignInAsync(eve);
        Assert.Contains("opens another account", (await eves.FollowAsync(await GoAsync(eves, "/account/security", "#github form"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Someone_who_says_no_and_a_forged_answer_change_nothing()
    {
        gitHub.SignIns.Person = null;
        using var browser = app.Browser();
        Assert.Contains("not allowed to tell", (await browser.FollowAsync(await GoAsync(browser, "/account/login"))).Text, StringComparison.Ordinal);
        var forged = await browser.GetAsync("/account/github/return?code=code-1&state=made-up");
        Assert.Equal("/account/github/failed?denied=false", forged.Location);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account/profile")).Status);
    }

    [Fact]
    public async Task Where_registration_is_closed_GitHub_makes_no_account()
    {
        await using var closed = new TestApp { Settings = { ["Veelocity:Registration"] = "invited" } };
        foreach (var (key, value) in app.Settings) closed.Settings.TryAdd(key, value);
        await closed.InitializeAsync();
        await closed.SomeoneAsync(); // the first of all
        Sits(verified: true);
        using var browser = closed.Browser();
        Assert.Contains("by invitation", (await browser.FollowAsync(await GoAsync(browser, "/account/login"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_configuration_there_is_no_button_and_no_page()
    {
        using var browser = without.Browser();
        Assert.Null((await browser.GetAsync("/account/login")).Document.QuerySelector(Start));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/account/github")).Status);
        using var here = app.Browser();
        var login = await here.GetAsync("/account/login");
        Assert.NotNull(login.Document.QuerySelector(Start));
        // The form leads to GitHub by a redirect, about which browsers ask the policy.
        Assert.Contains($"form-action 'self' {gitHub.BaseUrl.GetLeftPart(UriPartial.Authority)}", login.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    /// <summary>Someone new sits before the browser.</summary>
    private string Sits(bool verified, string? email = null)
    {
        email ??= $"{Guid.NewGuid():N}@example.com";
        gitHub.SignIns.Person = new GitHubPerson(
            Random.Shared.NextInt64(1, long.MaxValue), "octo", "Octo Cat",
            new GitHubEmail("elsewhere@example.com", Primary: false, Verified: true), new GitHubEmail(email, Primary: true, verified));
        return email;
    }

    /// <summary>To GitHub by the form and back; answers where the app leads after that.</summary>
    private static async Task<Seen> GoAsync(Browser browser, string page, string form = Start)
    {
        var atGitHub = await browser.PressAsync(page, form);
        Assert.Contains("code_challenge_method=S256", atGitHub.Location, StringComparison.Ordinal);
        var back = await browser.FollowAsync(await browser.FollowAsync(atGitHub));
        return await browser.FollowAsync(back);
    }
}
