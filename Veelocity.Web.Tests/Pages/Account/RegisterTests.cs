using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Account;

public sealed class RegisterTests(TestApp app)
{
    [Fact]
    public async Task A_newcomer_registers_signs_in_creates_an_organization_and_lands_on_its_dashboard()
    {
        using var browser = app.Browser();
        var email = $"{Guid.NewGuid():N}@example.com";

        var registered = await browser.SubmitAsync("/account/register", ("FullName", "Grace Hopper"), ("Email", email), ("Password", Someone.Password));
        Assert.Equal("/account/login", registered.Location);
        var login = await browser.FollowAsync(registered);
        Assert.Equal(email, login.Document.QuerySelector("input[name=Email]")!.GetAttribute("value"));

        var signedIn = await browser.SubmitAsync("/account/login", ("Email", email), ("Password", Someone.Password));
        Assert.Equal("/", signedIn.Location);
        Assert.Equal("/organizations/new", (await browser.FollowAsync(signedIn)).Location);

        var name = $"Nävy {Guid.NewGuid():N}"[..14];
        var created = await browser.SubmitAsync("/organizations/new", ("Name", name), ("TimeZone", "America/New_York"));
        Assert.StartsWith("/o/navy-", created.Location, StringComparison.Ordinal);
        Assert.Equal(created.Location, (await browser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task Wrong_input_is_shown_again_with_what_to_mend_and_without_the_password()
    {
        using var browser = app.Browser();
        var answer = await browser.SubmitAsync("/account/register", ("FullName", ""), ("Email", "nobody"), ("Password", "short"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("Enter your full name.", answer.Document.QuerySelector("#FullName-error")!.TextContent.Trim());
        Assert.Contains("name@example.com", answer.Document.QuerySelector("#Email-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("12 characters", answer.Document.QuerySelector("#Password-error")!.TextContent, StringComparison.Ordinal);
        var email = answer.Document.QuerySelector("input[name=Email]")!;
        Assert.Equal("nobody", email.GetAttribute("value"));
        Assert.Equal("true", email.GetAttribute("aria-invalid"));
        Assert.Equal("Email-error", email.GetAttribute("aria-describedby"));
        Assert.True(email.ClassList.Contains("is-invalid"));
        Assert.DoesNotContain("short", answer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twelve_characters_of_any_kind_are_a_password_and_eleven_are_not()
    {
        using var browser = app.Browser();
        var email = $"{Guid.NewGuid():N}@example.com";
        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            (await browser.SubmitAsync("/account/register", ("FullName", "A"), ("Email", email), ("Password", "aaaabbbbccc"))).Status);
        Assert.Equal(HttpStatusCode.Found,
            (await browser.SubmitAsync("/account/register", ("FullName", "A"), ("Email", email), ("Password", "aaaabbbbcccc"))).Status);
    }

    [Fact]
    public async Task An_address_that_has_an_account_gets_the_same_answer_and_keeps_its_password()
    {
        var ada = await app.SomeoneAsync();
        using var known = app.Browser();
        using var fresh = app.Browser();
        var again = await known.SubmitAsync("/account/register", ("FullName", "Mallory"), ("Email", ada.Email), ("Password", "another password"));
        var first = await fresh.SubmitAsync("/account/register", ("FullName", "Mallory"), ("Email", $"{Guid.NewGuid():N}@example.com"), ("Password", "another password"));

        Assert.Equal((first.Status, first.Location), (again.Status, again.Location));
        Assert.Equal(Words(await fresh.FollowAsync(first)), Words(await known.FollowAsync(again)));
        Assert.Equal("/", (await known.SignInAsync(ada)).Location);
        await using var db = app.Database.Open();
        Assert.Equal("Ada Lovelace", (await db.Users.SingleAsync(u => u.Email == ada.Email, TestContext.Current.CancellationToken)).FullName);
    }

    private static string Words(Seen page) => string.Join(' ', page.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
