using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Account;

public sealed class SessionsTests(TestApp app)
{
    private const string Page = "/account/sessions";
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_sign_in_is_listed_and_one_that_is_ended_is_out_at_the_next_request()
    {
        var ada = await app.SomeoneAsync();
        using var laptop = app.Browser(Firefox);
        using var phone = app.Browser(Phone);
        await laptop.SignInAsync(ada);
        await phone.SignInAsync(ada);
        var seen = await laptop.GetAsync(Page);
        Assert.Equal(["Safari on iPhone", "Firefox on Linux"], seen.Document.QuerySelectorAll("#sessions .name-line").Select(device => device.TextContent));
        Assert.Contains("127.0.0.1, by password", seen.Text, StringComparison.Ordinal);
        Assert.Equal("This one", seen.Document.QuerySelectorAll("#sessions tbody tr")[1].QuerySelector(".pill")?.TextContent);

        Assert.Equal(Page, (await laptop.PressAsync(Page, "#sessions tbody form")).Location);
        Assert.StartsWith("/account/login", new Uri((await phone.GetAsync(Page)).Location!).AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await laptop.GetAsync(Page)).Status);
    }

    [Fact]
    public async Task Signing_out_everywhere_else_keeps_this_session_alone_and_ends_access_tokens()
    {
        var ada = await app.SomeoneAsync();
        using var here = app.Browser();
        using var there = app.Browser();
        await here.SignInAsync(ada);
        await there.SignInAsync(ada);
        await here.PressAsync(Page, "form[action*='Others']");
        var left = await here.GetAsync(Page);
        Assert.Equal(HttpStatusCode.OK, left.Status);
        Assert.Single(left.Document.QuerySelectorAll("#sessions tbody tr"));
        Assert.Equal(HttpStatusCode.Found, (await there.GetAsync(Page)).Status);
        using var me = await ada.Api.GetAsync(new Uri("auth/me", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_at_once()
    {
        var ada = await app.SomeoneAsync();
        using var here = app.Browser();
        using var there = app.Browser();
        await here.SignInAsync(ada);
        await there.SignInAsync(ada);
        await here.SubmitAsync("/account/change-password", ("CurrentPassword", Someone.Password), ("NewPassword", "a brand new secret"));
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync(Page)).Status);
        Assert.Equal(HttpStatusCode.Found, (await there.GetAsync(Page)).Status);
        var security = await here.GetAsync("/account/security");
        Assert.Contains("Password changed", security.Document.QuerySelector("#events")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_not_the_cookie_alone()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        await browser.SubmitAsync("/account/sign-out");
        await using var db = app.Database.Open();
        Assert.False(await db.Sessions.AnyAsync(s => s.User.Email == ada.Email, Now));
    }

    [Fact]
    public async Task Nobody_ends_anothers_session()
    {
        var (ada, eve) = (await app.SomeoneAsync(), await app.SomeoneAsync());
        using var hers = app.Browser();
        using var eves = app.Browser();
        using var eveToo = app.Browser();
        await hers.SignInAsync(ada);
        await eves.SignInAsync(eve);
        await eveToo.SignInAsync(eve);
        await using var db = app.Database.Open();
        var id = await db.Sessions.Where(s => s.User.Email == ada.Email).Select(s => s.Id).SingleAsync(Now);
        Assert.Equal(HttpStatusCode.NotFound, (await eves.PressAsync(Page, "#sessions tbody form", ("id", id.ToString()))).Status);
        Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync(Page)).Status);
    }

    [Fact]
    public async Task Failed_attempts_lock_no_session_out_but_an_account_that_is_shut_is_out_at_once()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        using var stranger = app.Browser();
        for (var attempt = 0; attempt < 6; attempt++) await stranger.SignInAsync(ada, password: "not the password");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Page)).Status);

        await using var db = app.Database.Open();
        await db.Users.Where(u => u.Email == ada.Email).ExecuteUpdateAsync(change => change.SetProperty(u => u.LockoutEnd, DateTimeOffset.UtcNow.AddYears(100)), Now);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync(Page)).Status);
        using var me = await ada.Api.GetAsync(new Uri("auth/me", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
    }

    [Fact]
    public async Task Last_seen_is_written_when_some_minutes_have_passed_and_a_session_not_seen_for_long_is_over()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        await using var db = app.Database.Open();
        var own = db.Sessions.Where(s => s.User.Email == ada.Email);
        var first = await own.Select(s => s.LastSeenAt).SingleAsync(Now);
        await browser.GetAsync(Page);
        Assert.Equal(first, await own.Select(s => s.LastSeenAt).SingleAsync(Now));
        await own.ExecuteUpdateAsync(change => change.SetProperty(s => s.LastSeenAt, first.AddMinutes(-6)), Now);
        await browser.GetAsync(Page);
        Assert.True(await own.Select(s => s.LastSeenAt).SingleAsync(Now) >= first);

        await own.ExecuteUpdateAsync(change => change.SetProperty(s => s.LastSeenAt, first - Session.Lifetime - TimeSpan.FromMinutes(1)), Now);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync(Page)).Status);
    }

    [Fact]
    public async Task A_new_name_is_shown_in_every_session()
    {
        var ada = await app.SomeoneAsync();
        using var here = app.Browser();
        using var there = app.Browser();
        await here.SignInAsync(ada);
        await there.SignInAsync(ada);
        await here.SubmitAsync("/account/profile", ("FullName", "Ada King"));
        Assert.Equal("Ada King", (await there.GetAsync("/account/profile")).Document.QuerySelector(".menu-end .menu-title")?.TextContent);
    }
}
