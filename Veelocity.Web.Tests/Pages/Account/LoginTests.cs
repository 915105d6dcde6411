using System.Net;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Account;

public sealed class LoginTests(TestApp app)
{
    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_told_in_the_same_words()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        var wrong = await browser.SignInAsync(ada, password: "not the password");
        var unknown = await browser.SubmitAsync("/account/login", ("Email", $"{Guid.NewGuid():N}@example.com"), ("Password", "not the password"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal("The email address or the password is not right.", Refusal(wrong));
        Assert.Equal((wrong.Status, Refusal(wrong)), (unknown.Status, Refusal(unknown)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_five_wrong_passwords_an_address_is_locked_out_whether_or_not_it_has_an_account(bool hasAccount)
    {
        var email = hasAccount ? (await app.SomeoneAsync()).Email : $"{Guid.NewGuid():N}@example.com";
        using var browser = app.Browser();
        for (var attempt = 1; attempt < 5; attempt++)
            Assert.Equal("The email address or the password is not right.", Refusal(await TryAsync(browser, email, "not the password")));

        Assert.Equal("Too many failed attempts. Try again in 15 minutes.", Refusal(await TryAsync(browser, email, "not the password")));
        Assert.Equal("Too many failed attempts. Try again in 15 minutes.", Refusal(await TryAsync(browser, email, Someone.Password)));
    }

    [Fact]
    public async Task Signing_in_leads_to_where_one_wanted_to_go()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        var asked = await browser.GetAsync("/account/profile");
        var login = new Uri(asked.Location!).PathAndQuery;

        Assert.Equal("/account/login?returnUrl=%2Faccount%2Fprofile", login);
        var signedIn = await browser.SignInAsync(ada, login);
        Assert.Equal("/account/profile", signedIn.Location);
        Assert.Contains(ada.Email, (await browser.FollowAsync(signedIn)).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_never_leads_to_another_site(string returnUrl)
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        var signedIn = await browser.SignInAsync(ada, "/account/login?returnUrl=" + Uri.EscapeDataString(returnUrl));
        Assert.Equal("/", signedIn.Location);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        var signedIn = await browser.SignInAsync(ada);
        var cookie = signedIn.Response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("veelocity=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Remembering_lasts_fourteen_days()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        var signedIn = await browser.SubmitAsync("/account/login", ("Email", ada.Email), ("Password", Someone.Password), ("RememberMe", "true"));
        var cookie = signedIn.Response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("veelocity=", StringComparison.Ordinal));
        var expires = DateTimeOffset.Parse(cookie.Split("expires=")[1].Split(';')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(expires - DateTimeOffset.UtcNow, TimeSpan.FromDays(13.9), TimeSpan.FromDays(14));
    }

    [Fact]
    public async Task Signing_out_takes_a_post_and_ends_the_session()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/sign-out")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/profile")).Status);

        Assert.Equal("/", (await browser.SubmitAsync("/account/sign-out")).Location);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account/profile")).Status);
    }

    [Fact]
    public async Task A_fragments_request_without_a_session_reloads_the_whole_page_as_the_sign_in()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Add("HX-Request", "true");
        using var answer = await client.GetAsync(new Uri("/account/profile", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("/account/login?returnUrl=", answer.Headers.GetValues("HX-Redirect").Single(), StringComparison.Ordinal);
    }

    private static Task<Seen> TryAsync(Browser browser, string email, string password) =>
        browser.SubmitAsync("/account/login", ("Email", email), ("Password", password));

    private static string? Refusal(Seen page) => page.Document.QuerySelector("#refusal")?.TextContent.Trim();
}
