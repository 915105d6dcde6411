using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Api.V1;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Organizations.Invitations;

public sealed class InvitationTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_newcomer_makes_an_account_by_the_link_and_is_in_with_the_role()
    {
        using var acme = await Inviting.StartAsync(app);
        var email = Inviting.NewAddress();
        var link = await acme.LinkAsync(email, "Manager");
        using var newcomer = app.Browser();
        var offer = await newcomer.GetAsync(link);
        Assert.Contains("Join Acme", offer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(email, offer.Html, StringComparison.Ordinal);
        var joined = await newcomer.SubmitAsync(link, ("FullName", "Grace Hopper"), ("Password", Someone.Password));
        Assert.Equal($"/o/{acme.Slug}", joined.Location);
        Assert.Equal(HttpStatusCode.OK, (await newcomer.FollowAsync(joined)).Status);
        Assert.Equal("manager", (await acme.MembersAsync()).Single(m => m.GetProperty("email").GetString() == email).GetProperty("role").GetString());
        Assert.Empty(await acme.OpenAsync());
        await using var db = app.Database.Open();
        // The Admin saw the link, so it proves nothing about the address.
        Assert.False((await db.Users.SingleAsync(u => u.Email == email, Now)).EmailConfirmed);
        var entries = await db.Set<AuditEntry>().IgnoreQueryFilters().Where(e => e.OrganizationId == acme.Id && e.Subject == email).OrderBy(e => e.Id).ToListAsync(Now);
        Assert.Equal([AuditAction.MemberInvited, AuditAction.InvitationAccepted], entries.Select(e => e.Action));
        Assert.Equal("Grace Hopper", entries[1].Actor);
    }

    [Fact]
    public async Task The_link_is_shown_once_and_only_its_hash_is_stored()
    {
        using var acme = await Inviting.StartAsync(app);
        var link = await acme.LinkAsync(Inviting.NewAddress());
        Assert.Null((await acme.Browser.GetAsync(acme.Page)).Document.GetElementById("invitation-link"));
        var secret = link.Split('/')[^1];
        Assert.Equal(43, secret.Length);
        await using var db = app.Database.Open();
        var rows = await db.Database.SqlQuery<string>($"SELECT i::text || coalesce(m::text, '') AS \"Value\" FROM invitations i LEFT JOIN mails m ON m.id = i.mail_id WHERE i.organization_id = {acme.Id}").ToListAsync(Now);
        Assert.DoesNotContain(secret, Assert.Single(rows), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_an_account_signs_in_and_joins_and_the_second_tab_sees_the_organization()
    {
        using var acme = await Inviting.StartAsync(app);
        var eve = await app.SomeoneAsync();
        var link = await acme.LinkAsync(eve.Email);
        using var browser = app.Browser();
        Assert.Equal(link, (await browser.SignInAsync(eve, $"/account/login?returnUrl={link}")).Location);
        var page = await browser.GetAsync(link);
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var tabs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.PostAsync(link, [new("__RequestVerificationToken", token)])));
        Assert.All(tabs, tab => Assert.Equal($"/o/{acme.Slug}", tab.Location));
        Assert.Equal($"/o/{acme.Slug}", (await browser.GetAsync(link)).Location);
        Assert.Equal("viewer", (await acme.MembersAsync()).Single(m => m.GetProperty("email").GetString() == eve.Email).GetProperty("role").GetString());
        await using var db = app.Database.Open();
        Assert.Equal(1, await db.Set<AuditEntry>().IgnoreQueryFilters().CountAsync(e => e.OrganizationId == acme.Id && e.Action == AuditAction.InvitationAccepted, Now));
    }

    [Fact]
    public async Task Of_accepting_and_sending_again_at_the_same_moment_one_wins()
    {
        using var acme = await Inviting.StartAsync(app);
        for (var round = 0; round < 6; round++)
        {
            var eve = await app.SomeoneAsync();
            var link = await acme.LinkAsync(eve.Email);
            var invitation = (await acme.OpenAsync()).Single(i => i.GetProperty("email").GetString() == eve.Email).GetProperty("id").GetGuid();
            using var browser = app.Browser();
            await browser.SignInAsync(eve);
            var token = (await browser.GetAsync(link)).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            var accepting = browser.PostAsync(link, [new("__RequestVerificationToken", token)]);
            using var again = await acme.Admin.Api.PostAsync(new Uri($"organizations/{acme.Id}/invitations/{invitation}/resend", UriKind.Relative), null, Now);
            var joined = (await accepting).Location == $"/o/{acme.Slug}";
            Assert.Equal(joined ? HttpStatusCode.NotFound : HttpStatusCode.OK, again.StatusCode);
            Assert.Equal(joined, (await acme.MembersAsync()).Any(m => m.GetProperty("email").GetString() == eve.Email));
            // Sent again first, the old link is dead; accepted first, nothing is open any more.
            Assert.Equal(!joined, (await acme.OpenAsync()).Any(i => i.GetProperty("email").GetString() == eve.Email));
        }
    }

    [Fact]
    public async Task Who_invites_through_the_API_is_named_in_the_audit_log()
    {
        using var acme = await Inviting.StartAsync(app);
        var email = Inviting.NewAddress();
        using var answer = await acme.Admin.Api.PostAsJsonAsync($"organizations/{acme.Id}/invite", new { email, role = "viewer" }, Now);
        await using var db = app.Database.Open();
        var entry = await db.AuditEntries.IgnoreQueryFilters().SingleAsync(e => e.OrganizationId == acme.Id && e.Subject == email, Now);
        Assert.Equal(AuditChannel.Api, entry.Channel);
        Assert.Equal(await db.Users.Where(u => u.Email == acme.Admin.Email).Select(u => u.FullName).SingleAsync(Now), entry.Actor);
    }

    [Fact]
    public async Task A_wrong_account_is_told_so_and_cannot_join()
    {
        using var acme = await Inviting.StartAsync(app);
        var (email, eve) = (Inviting.NewAddress(), await app.SomeoneAsync());
        var link = await acme.LinkAsync(email);
        using var browser = app.Browser();
        await browser.SignInAsync(eve);
        var seen = await browser.GetAsync(link);
        Assert.NotNull(seen.Document.GetElementById("wrong-account"));
        Assert.DoesNotContain(email, seen.Html, StringComparison.Ordinal);
        var token = seen.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync(link, [new("__RequestVerificationToken", token)])).Status);
        Assert.Single(await acme.MembersAsync());
        Assert.Equal(link, (await browser.SubmitAsync($"/account/sign-out?returnUrl={link}")).Location);
    }

    [Fact]
    public async Task Links_that_are_used_revoked_expired_replaced_or_made_up_say_which()
    {
        using var acme = await Inviting.StartAsync(app);
        using var visitor = app.Browser();
        var used = await acme.LinkAsync(Inviting.NewAddress());
        using (var newcomer = app.Browser()) await newcomer.SubmitAsync(used, ("FullName", "Grace"), ("Password", Someone.Password));
        await ClosedAsync(visitor, used, HttpStatusCode.Gone, "has been used");

        var revoked = await acme.LinkAsync(Inviting.NewAddress());
        await acme.ActAsync("Revoke", (await acme.OpenAsync())[0].GetProperty("id").GetGuid());
        await ClosedAsync(visitor, revoked, HttpStatusCode.Gone, "was revoked");

        var expired = await acme.LinkAsync(Inviting.NewAddress());
        await using (var db = app.Database.Open())
            await db.Invitations.IgnoreQueryFilters().Where(i => i.OrganizationId == acme.Id && i.AcceptedAt == null).ExecuteUpdateAsync(s => s.SetProperty(i => i.ExpiresAt, DateTimeOffset.UtcNow.AddSeconds(-1)), Now);
        await ClosedAsync(visitor, expired, HttpStatusCode.Gone, "has expired");

        var renewed = Inviting.LinkOn(await acme.Browser.FollowAsync(await acme.ActAsync("Resend", (await acme.OpenAsync())[0].GetProperty("id").GetGuid())));
        await ClosedAsync(visitor, expired, HttpStatusCode.NotFound, "does not work");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(renewed)).Status);
        await ClosedAsync(visitor, "/invitations/made-up", HttpStatusCode.NotFound, "does not work");
    }

    [Fact]
    public async Task Inviting_answers_the_same_for_addresses_with_and_without_an_account()
    {
        using var acme = await Inviting.StartAsync(app);
        var known = await app.SomeoneAsync();
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var email in new[] { known.Email, Inviting.NewAddress() })
        {
            using var answer = await acme.Admin.Api.PostAsJsonAsync($"organizations/{acme.Id}/invite", new { email, role = "viewer" }, Now);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Now);
            Assert.DoesNotContain("invitations/", body.ToString(), StringComparison.Ordinal);
            answers.Add((answer.StatusCode, string.Join(' ', body.EnumerateObject().Select(p => $"{p.Name}:{p.Value.ValueKind}"))));
        }
        Assert.Equal(HttpStatusCode.Created, answers[0].Item1);
        Assert.Equal(answers[0], answers[1]);
        await using var db = app.Database.Open();
        Assert.Equal(2, await db.Mails.CountAsync(m => m.OrganizationId == acme.Id, Now));
    }

    [Fact]
    public async Task An_account_is_not_taken_over_by_an_invitation_to_its_address()
    {
        using var acme = await Inviting.StartAsync(app);
        var eve = await app.SomeoneAsync();
        var link = await acme.LinkAsync(eve.Email);
        using var other = app.Browser();
        var answer = await other.SubmitAsync(link, ("FullName", "Mallory"), ("Password", "another long password"));
        Assert.StartsWith("/account/login", answer.Location, StringComparison.OrdinalIgnoreCase);
        using var api = app.Api();
        using var refused = await api.PostAsJsonAsync("auth/login", new { email = eve.Email, password = "another long password" }, Now);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Single(await acme.OpenAsync());
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@b.example, c@d.example")]
    [InlineData("a@b.example\r\nBcc: all@example.com")]
    public async Task Only_one_plain_address_is_invited(string email)
    {
        using var acme = await Inviting.StartAsync(app);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await acme.InviteAsync(email)).Status);
        using var answer = await acme.Admin.Api.PostAsJsonAsync($"organizations/{acme.Id}/invite", new { email, role = "viewer" }, Now);
        await AuthTests.AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "invalid");
    }

    [Fact]
    public async Task Only_Admins_invite_and_another_organizations_invitations_are_unknown()
    {
        using var acme = await Inviting.StartAsync(app);
        using var other = await Inviting.StartAsync(app, "Other");
        await acme.LinkAsync(Inviting.NewAddress());
        var invitation = (await acme.OpenAsync())[0].GetProperty("id").GetGuid();
        using var foreign = await other.Admin.Api.DeleteAsync(new Uri($"organizations/{other.Id}/invitations/{invitation}", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        var manager = await acme.JoinedAsync("Manager");
        using var refused = await manager.Api.PostAsJsonAsync($"organizations/{acme.Id}/invite", new { email = Inviting.NewAddress(), role = "viewer" }, Now);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var browser = app.Browser();
        await browser.SignInAsync(manager);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync($"{acme.Page}/invitations")).Status);
        var members = await browser.GetAsync(acme.Page);
        Assert.Null(members.Document.GetElementById("invitations"));
    }

    [Fact]
    public async Task Without_a_mail_server_the_mail_is_a_file_in_the_outbox()
    {
        using var acme = await Inviting.StartAsync(app, "R&D <b>\"Lab\"</b>");
        var email = Inviting.NewAddress();
        var link = await acme.LinkAsync(email);
        var outbox = Path.Combine(app.Settings["Veelocity:DataDirectory"], "outbox");
        string[] Files() => Directory.Exists(outbox) ? Directory.GetFiles(outbox, "*.eml") : [];
        var mail = await Wait.ForAsync(
            () => Task.FromResult(Files().Select(File.ReadAllText).FirstOrDefault(text => text.Contains(email, StringComparison.Ordinal))),
            () => $"No mail to {email} among {Files().Length} files.");
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(mail));
        using var message = await MimeMessage.LoadAsync(bytes, Now);
        Assert.Contains(link, message.TextBody, StringComparison.Ordinal);
        Assert.Contains("R&amp;D &lt;b&gt;", message.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", message.HtmlBody, StringComparison.Ordinal);
    }

    private static async Task ClosedAsync(Browser browser, string link, HttpStatusCode status, string words)
    {
        var seen = await browser.GetAsync(link);
        Assert.Equal(status, seen.Status);
        Assert.Contains(words, seen.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }
}
