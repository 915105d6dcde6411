using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Tests.Api.V1;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Account;

public sealed class TwoFactorTests(TestApp app)
{
    private const string SetUp = "/account/two-factor/set-up", Second = "/account/two-factor", Codes = "/account/two-factor/recovery-codes", Off = "/account/two-factor/off";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_in_takes_a_code_of_the_app_and_leads_to_where_one_wanted_to_go()
    {
        var (ada, phone, _) = await TurnedOnAsync();
        using var browser = app.Browser();
        var first = await browser.SignInAsync(ada, "/account/login?returnUrl=%2Faccount%2Fprofile");
        Assert.StartsWith("/account/two-factor?", first.Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account/profile")).Status);

        var wrong = await browser.SubmitAsync(first.Location!, ("Code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("not right", wrong.Document.QuerySelector("#Code-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/account/profile", (await browser.SubmitAsync(first.Location!, ("Code", phone.Code(later: 1)))).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/profile")).Status);
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        var (ada, phone, _) = await TurnedOnAsync();
        var code = phone.Code(later: 1);
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        Assert.Equal("/", (await browser.SubmitAsync(Second, ("Code", code))).Location);

        using var thief = app.Browser();
        await thief.SignInAsync(ada);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await thief.SubmitAsync(Second, ("Code", code))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await thief.SubmitAsync(Second, ("Code", phone.Code()))).Status);
    }

    [Fact]
    public async Task A_recovery_code_opens_the_account_once_and_the_security_page_counts_the_rest()
    {
        var (ada, _, recovery) = await TurnedOnAsync();
        Assert.Equal(10, recovery.Length);
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        Assert.Equal("/", (await browser.SubmitAsync(Second, ("Code", $" {recovery[0].Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()} "))).Location);
        Assert.Contains("9 recovery codes left", (await browser.GetAsync("/account/security")).Text, StringComparison.Ordinal);

        using var again = app.Browser();
        await again.SignInAsync(ada);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await again.SubmitAsync(Second, ("Code", recovery[0]))).Status);

        // New ones take the place of all.
        await browser.PressAsync(Codes, "#recovery-codes form");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await again.SubmitAsync(Second, ("Code", recovery[1]))).Status);
    }

    [Fact]
    public async Task Neither_the_key_nor_a_recovery_code_can_be_read_in_the_database()
    {
        var (ada, phone, recovery) = await TurnedOnAsync();
        await using var db = app.Database.Open();
        var stored = await db.UserTokens.Where(t => db.Users.Any(u => u.Id == t.UserId && u.Email == ada.Email)).Select(t => t.Value!).ToListAsync(Now);
        Assert.Equal(2, stored.Count);
        foreach (var value in stored)
        {
            Assert.DoesNotContain(phone.Key, value, StringComparison.OrdinalIgnoreCase);
            Assert.All(recovery, code => Assert.DoesNotContain(code, value, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_remembered_device_is_not_asked_again_until_everything_else_is_signed_out()
    {
        var (ada, phone, _) = await TurnedOnAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        await browser.SubmitAsync(Second, ("Code", phone.Code(later: 1)), ("RememberDevice", "true"));
        await browser.SubmitAsync("/account/sign-out");
        Assert.Equal("/", (await browser.SignInAsync(ada)).Location);

        using var elsewhere = app.Browser();
        Assert.StartsWith(Second, (await elsewhere.SignInAsync(ada)).Location, StringComparison.Ordinal);
        await browser.PressAsync("/account/sessions", "form[action*='Others']");
        await browser.SubmitAsync("/account/sign-out");
        Assert.StartsWith(Second, (await browser.SignInAsync(ada)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_account_for_pages_and_api()
    {
        var (ada, phone, _) = await TurnedOnAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        for (var attempt = 1; attempt < 5; attempt++) await browser.SubmitAsync(Second, ("Code", "000000"));
        var fifth = await browser.SubmitAsync(Second, ("Code", "000000"));
        Assert.Contains("Too many failed attempts. Try again in 15 minutes.", fifth.Text, StringComparison.Ordinal);
        Assert.Contains("Too many failed attempts", (await browser.SubmitAsync(Second, ("Code", phone.Code(later: 1)))).Text, StringComparison.Ordinal);
        using var api = app.Api();
        using var answer = await api.PostAsJsonAsync("auth/login", new { email = ada.Email, password = Someone.Password, two_factor_code = phone.Code(later: 1) }, Now);
        await AuthTests.AssertProblemAsync(answer, HttpStatusCode.TooManyRequests, "locked_out");
    }

    [Fact]
    public async Task The_api_asks_for_a_code_by_a_stable_name_and_takes_codes_and_recovery_codes()
    {
        var (ada, phone, recovery) = await TurnedOnAsync();
        using var api = app.Api();
        using var without = await api.PostAsJsonAsync("auth/login", new { email = ada.Email, password = Someone.Password }, Now);
        await AuthTests.AssertProblemAsync(without, HttpStatusCode.Unauthorized, "two_factor_required");
        using var wrong = await api.PostAsJsonAsync("auth/login", new { email = ada.Email, password = Someone.Password, two_factor_code = "000000" }, Now);
        await AuthTests.AssertProblemAsync(wrong, HttpStatusCode.Unauthorized, "two_factor_invalid");
        using var wrongPassword = await api.PostAsJsonAsync("auth/login", new { email = ada.Email, password = "guess", two_factor_code = phone.Code(later: 1) }, Now);
        await AuthTests.AssertProblemAsync(wrongPassword, HttpStatusCode.Unauthorized, "invalid_credentials");
        foreach (var code in new[] { phone.Code(later: 1), recovery[3] })
        {
            using var right = await api.PostAsJsonAsync("auth/login", new { email = ada.Email, password = Someone.Password, two_factor_code = code }, Now);
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
            Assert.NotEqual("", (await right.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("access_token").GetString());
        }
    }

    [Fact]
    public async Task Turning_it_off_takes_the_password_and_then_one_step_is_enough()
    {
        var (ada, phone, recovery) = await TurnedOnAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        await browser.SubmitAsync(Second, ("Code", phone.Code(later: 1)));
        var wrong = await browser.SubmitAsync(Off, ("Proof", "not the password"));
        Assert.Equal("This is not your password.", wrong.Document.QuerySelector("#Proof-error")!.TextContent.Trim());
        Assert.Equal("/account/security", (await browser.SubmitAsync(Off, ("Proof", Someone.Password))).Location);
        var security = await browser.GetAsync("/account/security");
        Assert.Contains("Two-factor authentication turned off", security.Text, StringComparison.Ordinal);

        using var elsewhere = app.Browser();
        Assert.Equal("/", (await elsewhere.SignInAsync(ada)).Location);
        await using var db = app.Database.Open();
        Assert.False(await db.UserTokens.AnyAsync(t => db.Users.Any(u => u.Id == t.UserId && u.Email == ada.Email), Now));
    }

    [Fact]
    public async Task It_is_turned_on_only_with_a_code_of_the_very_key_and_ends_what_was_signed_in_before()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        using var elsewhere = app.Browser();
        await browser.SignInAsync(ada);
        await elsewhere.SignInAsync(ada);
        var wrong = await browser.SubmitAsync(SetUp, ("Code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("not the code", wrong.Document.QuerySelector("#Code-error")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("data:image/png;base64,", wrong.Document.QuerySelector("img.qr")!.GetAttribute("src"), StringComparison.Ordinal);

        await TurnOnAsync(browser);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/security")).Status);
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.GetAsync("/account/security")).Status);
        using var me = await ada.Api.GetAsync(new Uri("auth/me", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
        // Shown once.
        Assert.Null((await browser.GetAsync(Codes)).Document.QuerySelector("#codes"));
    }

    [Fact]
    public async Task Another_persons_offer_is_not_taken()
    {
        var (ada, eve) = (await app.SomeoneAsync(), await app.SomeoneAsync());
        using var hers = app.Browser();
        using var eves = app.Browser();
        await hers.SignInAsync(ada);
        await eves.SignInAsync(eve);
        var offer = await hers.GetAsync(SetUp);
        var phone = PhoneFrom(offer);
        var answer = await eves.PressAsync(SetUp, "#set-up form", ("Sealed", offer.Document.QuerySelector("input[name=Sealed]")!.GetAttribute("value")!), ("Code", phone.Code()));
        Assert.Equal(SetUp, answer.Location);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    public async Task The_second_step_never_leads_to_another_site(string returnUrl)
    {
        var (ada, phone, _) = await TurnedOnAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        var signedIn = await browser.SubmitAsync($"{Second}?returnUrl={Uri.EscapeDataString(returnUrl)}", ("Code", phone.Code(later: 1)));
        Assert.Equal("/", signedIn.Location);
    }

    [Fact]
    public async Task Without_a_first_step_there_is_no_second()
    {
        using var browser = app.Browser();
        Assert.StartsWith("/account/login", (await browser.GetAsync(Second)).Location, StringComparison.Ordinal);
    }

    private async Task<(Someone Someone, Phone Phone, string[] Recovery)> TurnedOnAsync()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        var (phone, recovery) = await TurnOnAsync(browser);
        return (ada, phone, recovery);
    }

    private static async Task<(Phone Phone, string[] Recovery)> TurnOnAsync(Browser browser)
    {
        var offer = await browser.GetAsync(SetUp);
        var phone = PhoneFrom(offer);
        var on = await browser.PostAsync(SetUp,
        [
            new("Sealed", offer.Document.QuerySelector("input[name=Sealed]")!.GetAttribute("value")!),
            new("__RequestVerificationToken", offer.Document.QuerySelector("#set-up input[name=__RequestVerificationToken]")!.GetAttribute("value")!),
            new("Code", phone.Code()),
        ]);
        Assert.Equal(Codes, on.Location);
        return (phone, (await browser.FollowAsync(on)).Document.QuerySelector("#codes")!.TextContent.Trim().Split('\n'));
    }

    private static Phone PhoneFrom(Seen offer) => new(offer.Document.QuerySelector("#key")!.TextContent);

    private sealed record Phone(string Shown)
    {
        public string Key => Shown.Replace(" ", "", StringComparison.Ordinal);

        public string Code(int later = 0) => new Authenticator(Key).Code(later);
    }
}
