using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Account;

public sealed class DeleteAccountTests(TestApp app)
{
    private const string Page = "/account/delete";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_goes_leaves_the_organizations_of_others_and_the_log_keeps_their_name()
    {
        var (ana, slug, id) = await FoundAsync("Acme");
        var eve = await JoinAsync(id, Role.Viewer);
        using var browser = app.Browser();
        await browser.SignInAsync(eve);
        using var elsewhere = app.Browser();
        await elsewhere.SignInAsync(eve);
        Assert.Contains("You leave Acme", (await browser.GetAsync(Page)).Text, StringComparison.Ordinal);
        Assert.Equal("/", (await browser.SubmitAsync(Page, ("Password", Someone.Password))).Location);

        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account/profile")).Status);
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.GetAsync("/account/profile")).Status);
        using var me = await eve.Api.GetAsync(new Uri("auth/me", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
        await using var db = app.Database.Open();
        Assert.False(await db.Users.AnyAsync(u => u.Email == eve.Email, Now));
        var left = await db.AuditEntries.IgnoreQueryFilters().SingleAsync(e => e.OrganizationId == id && e.Action == AuditAction.MemberLeft, Now);
        Assert.Equal(("Ada Lovelace", eve.Email, "Was Viewer. Deleted their account."), (left.Actor, left.Subject, left.Detail));
        using var admin = app.Browser();
        await admin.SignInAsync(ana);
        Assert.Contains(eve.Email, (await admin.GetAsync($"/o/{slug}/settings/audit-log")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_Admin_of_others_cannot_go_and_is_told_why()
    {
        var (ana, slug, id) = await FoundAsync("Acme");
        await JoinAsync(id, Role.Manager);
        using var browser = app.Browser();
        await browser.SignInAsync(ana);
        var page = await browser.GetAsync(Page);
        Assert.Contains("you are the last Admin of an organization with other members", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"#delete-account a[href='/o/{slug}/settings/members']"));
        Assert.Null(page.Document.QuerySelector("#delete-account button[type=submit]"));
        var token = (AngleSharp.Html.Dom.IHtmlInputElement)page.Document.QuerySelector("#delete-account input[name=__RequestVerificationToken]")!;
        await browser.PostAsync(Page, [KeyValuePair.Create(token.Name!, token.Value), KeyValuePair.Create("Password", Someone.Password)]);
        await using var db = app.Database.Open();
        Assert.True(await db.Users.AnyAsync(u => u.Email == ana.Email, Now));
    }

    [Fact]
    public async Task An_organization_of_theirs_alone_is_named_before_and_goes_with_them()
    {
        var (ana, _, id) = await FoundAsync("Lonely Works");
        using var browser = app.Browser();
        await browser.SignInAsync(ana);
        Assert.Contains("You are the only member of Lonely Works. It is deleted with your account", (await browser.GetAsync(Page)).Text, StringComparison.Ordinal);
        Assert.Equal("/", (await browser.SubmitAsync(Page, ("Password", Someone.Password))).Location);
        await using var db = app.Database.Open();
        Assert.False(await db.Organizations.AnyAsync(o => o.Id == id, Now));
        Assert.False(await db.AuditEntries.IgnoreQueryFilters().AnyAsync(e => e.OrganizationId == id, Now));
        Assert.False(await db.Users.AnyAsync(u => u.Email == ana.Email, Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not my password")]
    public async Task Without_the_password_nothing_goes(string password)
    {
        var ana = await app.SomeoneAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ana);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SubmitAsync(Page, ("Password", password))).Status);
        await using var db = app.Database.Open();
        Assert.True(await db.Users.AnyAsync(u => u.Email == ana.Email, Now));
    }

    [Fact]
    public async Task Who_has_no_password_signs_in_afresh()
    {
        var ana = await app.SomeoneAsync();
        using var browser = app.Browser();
        await browser.SignInAsync(ana);
        await using var db = app.Database.Open();
        await db.Users.Where(u => u.Email == ana.Email).ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, (string?)null), Now);
        await db.Sessions.Where(s => s.User.Email == ana.Email).ExecuteUpdateAsync(set => set.SetProperty(s => s.CreatedAt, DateTimeOffset.UtcNow.AddMinutes(-11)), Now);
        var page = await browser.GetAsync(Page);
        Assert.Contains("sign in again, and come back within ten minutes", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#delete-account button[type=submit]"));
        await db.Sessions.Where(s => s.User.Email == ana.Email).ExecuteUpdateAsync(set => set.SetProperty(s => s.CreatedAt, DateTimeOffset.UtcNow), Now);
        Assert.Equal("/", (await browser.PressAsync(Page, "#delete-account form")).Location);
        Assert.False(await db.Users.AnyAsync(u => u.Email == ana.Email, Now));
    }

    private async Task<Someone> JoinAsync(Guid organizationId, Role role)
    {
        var eve = await app.SomeoneAsync();
        await using var db = app.Database.Open();
        db.Add(new Membership { OrganizationId = organizationId, UserId = await db.Users.Where(u => u.Email == eve.Email).Select(u => u.Id).SingleAsync(Now), Role = role });
        await db.SaveChangesAsync(Now);
        return eve;
    }

    private async Task<(Someone Ana, string Slug, Guid Id)> FoundAsync(string name)
    {
        var ana = await app.SomeoneAsync();
        var made = await ana.FoundAsync(name);
        return (ana, made.GetProperty("slug").GetString()!, made.GetProperty("id").GetGuid());
    }
}
