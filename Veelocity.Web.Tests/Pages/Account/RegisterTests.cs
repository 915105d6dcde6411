using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Tests.Api.V1;
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
        var answer = await browser.SubmitAsync("/account/register", ("FullName", ""), ("Email", "nobody"), ("Password", "tiny-9x!"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("Enter your full name.", answer.Document.QuerySelector("#FullName-error")!.TextContent.Trim());
        Assert.Contains("name@example.com", answer.Document.QuerySelector("#Email-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("12 characters", answer.Document.QuerySelector("#Password-error")!.TextContent, StringComparison.Ordinal);
        var email = answer.Document.QuerySelector("input[name=Email]")!;
        Assert.Equal("nobody", email.GetAttribute("value"));
        Assert.Equal("true", email.GetAttribute("aria-invalid"));
        Assert.Equal("Email-error", email.GetAttribute("aria-describedby"));
        Assert.True(email.ClassList.Contains("is-invalid"));
        Assert.DoesNotContain("tiny-9x!", answer.Html, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaa", "again and again")]
    [InlineData("my name is grace hopper", "your address or your name")]
    [InlineData("GraceHopper2026!", "your address or your name")]
    [InlineData("{address} and more", "your address or your name")]
    [InlineData("{local} and more", "your address or your name")]
    public async Task A_long_password_that_is_tried_first_is_refused_on_its_field_and_in_the_api(string password, string words)
    {
        using var browser = app.Browser();
        var local = $"{Guid.NewGuid():N}";
        password = password.Replace("{address}", $"{local}@example.com", StringComparison.Ordinal).Replace("{local}", local, StringComparison.Ordinal);
        var answer = await browser.SubmitAsync("/account/register", ("FullName", "Grace Hopper"), ("Email", $"{local}@example.com"), ("Password", password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(words, answer.Document.QuerySelector("#Password-error")!.TextContent, StringComparison.Ordinal);
        using var api = app.Api();
        using var refused = await api.PostAsJsonAsync("auth/register", new { email = $"{local}@example.com", password, full_name = "Grace Hopper" }, TestContext.Current.CancellationToken);
        var problem = await AuthTests.AssertProblemAsync(refused, HttpStatusCode.UnprocessableEntity, "registration_refused");
        Assert.Contains(words, problem.GetProperty("errors").GetProperty("password")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_registration_is_closed_only_the_first_person_and_who_is_invited_get_an_account()
    {
        await using var closed = new TestApp { Settings = { ["Veelocity:Registration"] = "invited" } };
        await closed.InitializeAsync();
        using (var first = closed.Browser())
            Assert.Equal("/account/login", (await first.SubmitAsync("/account/register", ("FullName", "Ada"), ("Email", "ada@example.com"), ("Password", Someone.Password))).Location);

        using var browser = closed.Browser();
        var page = await browser.GetAsync("/account/register");
        Assert.Contains("by invitation", page.Document.QuerySelector("#closed")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("input[name=Email]"));
        using var api = closed.Api();
        using var refused = await api.PostAsJsonAsync("auth/register", new { email = "eve@example.com", password = Someone.Password, full_name = "Eve" }, TestContext.Current.CancellationToken);
        await AuthTests.AssertProblemAsync(refused, HttpStatusCode.Forbidden, "registration_closed");

        using var admin = closed.Browser();
        await admin.SubmitAsync("/account/login", ("Email", "ada@example.com"), ("Password", Someone.Password));
        var slug = (await admin.SubmitAsync("/organizations/new", ("Name", "Closed works"), ("TimeZone", "UTC"))).Location!.Split('/')[2];
        var invited = await admin.FollowAsync(await admin.SubmitAsync($"/o/{slug}/settings/members/invitations", ("Email", "eve@example.com"), ("role", "Viewer")));
        var link = new Uri(invited.Document.QuerySelector("#invitation-link")!.GetAttribute("value")!).AbsolutePath;
        Assert.Equal($"/o/{slug}", (await browser.SubmitAsync(link, ("FullName", "Eve"), ("Password", Someone.Password))).Location);
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
