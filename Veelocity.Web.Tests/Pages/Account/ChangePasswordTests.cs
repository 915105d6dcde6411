using System.Net;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Account;

public sealed class ChangePasswordTests(TestApp app)
{
    private const string Page = "/account/change-password";
    private const string NewPassword = "a brand new password";

    [Fact]
    public async Task The_new_password_replaces_the_old_one_and_ends_access_tokens()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        var changed = await browser.SubmitAsync(Page, ("CurrentPassword", Someone.Password), ("NewPassword", NewPassword));
        Assert.Equal("/account/security", changed.Location);
        Assert.Contains("Password changed.", (await browser.FollowAsync(changed)).Text, StringComparison.Ordinal);

        using var elsewhere = app.Browser();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await elsewhere.SignInAsync(ada)).Status);
        Assert.Equal("/", (await elsewhere.SignInAsync(ada, password: NewPassword)).Location);
        using var me = await ada.Api.GetAsync(new Uri("auth/me", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
    }

    [Fact]
    public async Task The_current_password_must_be_right_and_the_new_one_long()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        var wrong = await browser.SubmitAsync(Page, ("CurrentPassword", "not the password"), ("NewPassword", NewPassword));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal("This is not your current password.", wrong.Document.QuerySelector("#CurrentPassword-error")!.TextContent.Trim());

        var tooShort = await browser.SubmitAsync(Page, ("CurrentPassword", Someone.Password), ("NewPassword", "short"));
        Assert.Contains("12 characters", tooShort.Document.QuerySelector("#NewPassword-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_profile_shows_the_address_and_keeps_a_new_name()
    {
        var ada = await app.SomeoneAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ada);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SubmitAsync("/account/profile", ("FullName", " "))).Status);

        var saved = await browser.FollowAsync(await browser.SubmitAsync("/account/profile", ("FullName", "Ada <King>")));
        Assert.Contains("Profile saved.", saved.Text, StringComparison.Ordinal);
        Assert.Equal("Ada <King>", saved.Document.QuerySelector("input[name=FullName]")!.GetAttribute("value"));
    }
}
