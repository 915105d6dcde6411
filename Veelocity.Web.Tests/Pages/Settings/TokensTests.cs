using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Api.V1;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

public sealed class TokensTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_shown_once_stored_as_a_hash_and_written_into_the_audit_log()
    {
        using var acme = await StartAsync();
        var token = await acme.MakeAsync("Weekly report");
        Assert.Matches("^vee_[A-Za-z0-9_-]{43}$", token);
        var page = await acme.Browser.GetAsync(acme.Page);
        Assert.Null(page.Document.QuerySelector("#token"));
        Assert.Contains($"vee_…{token[^4..]}", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, page.Html, StringComparison.Ordinal);
        await using var db = app.Database.Open();
        var row = await db.Database.SqlQuery<string>($"SELECT t::text AS \"Value\" FROM api_tokens t WHERE t.organization_id = {acme.Id}").SingleAsync(Now);
        Assert.DoesNotContain(token[4..], row, StringComparison.Ordinal);

        await acme.Browser.PressAsync(acme.Page, "#tokens form");
        var entries = await db.AuditEntries.IgnoreQueryFilters().Where(e => e.OrganizationId == acme.Id).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(Now);
        Assert.Equal([AuditAction.TokenMade, AuditAction.TokenRevoked], entries.Where(e => e.Subject == "Weekly report").Select(e => e.Action));
        Assert.Equal("Ada Lovelace", entries[0].Actor);
    }

    [Fact]
    public async Task It_opens_its_organization_without_a_header_and_every_other_is_not_there()
    {
        using var acme = await StartAsync();
        var other = await acme.Ada.FoundAsync("Other works");
        using var api = app.Api(await acme.MakeAsync("Script"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, "teams"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, "teams", acme.Slug));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(api, "teams", other.GetProperty("slug").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(api, $"organizations/{other.GetProperty("id").GetString()}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, $"organizations/{acme.Id}"));
        foreach (var list in new[] { "organizations", "auth/me" })
        {
            var text = await api.GetStringAsync(new Uri(list, UriKind.Relative), Now);
            Assert.Contains(acme.Slug, text, StringComparison.Ordinal);
            Assert.DoesNotContain("Other works", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_makes_no_organization_and_opens_no_page()
    {
        using var acme = await StartAsync();
        using var api = app.Api(await acme.MakeAsync("Script"));
        using var made = await api.PostAsync(new Uri("organizations", UriKind.Relative), new StringContent("""{"name":"Third"}""", System.Text.Encoding.UTF8, "application/json"), Now);
        await AuthTests.AssertProblemAsync(made, HttpStatusCode.Forbidden, "token_not_allowed");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Authorization = api.DefaultRequestHeaders.Authorization;
        using var page = await client.GetAsync(new Uri(acme.Page, UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
    }

    [Fact]
    public async Task It_is_never_above_its_owners_present_role()
    {
        using var acme = await StartAsync();
        using var api = app.Api(await acme.MakeAsync("Script"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, "sync/logs"));
        await acme.BecomesAsync(Role.Viewer);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(api, "sync/logs"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, "teams"));
    }

    [Fact]
    public async Task It_is_dead_once_it_is_revoked_or_has_expired()
    {
        using var acme = await StartAsync();
        var (revoked, expired) = (await acme.MakeAsync("Revoked"), await acme.MakeAsync("Expired", "30"));
        using var first = app.Api(revoked);
        using var second = app.Api(expired);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(first, "auth/me"), await StatusAsync(second, "auth/me")));
        await using var db = app.Database.Open();
        await db.ApiTokens.IgnoreQueryFilters().Where(t => t.OrganizationId == acme.Id && t.Name == "Expired")
            .ExecuteUpdateAsync(change => change.SetProperty(t => t.ExpiresAt, DateTimeOffset.UtcNow.AddSeconds(-1)), Now);
        await acme.RevokeAsync("Revoked");
        using var answer = await first.GetAsync(new Uri("auth/me", UriKind.Relative), Now);
        await AuthTests.AssertProblemAsync(answer, HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.First().Scheme);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(second, "auth/me"));
        Assert.Contains("Expired", (await acme.Browser.GetAsync(acme.Page)).Document.QuerySelector("#tokens .pill")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_with_the_membership_and_does_not_come_back_with_it()
    {
        using var acme = await StartAsync();
        var eve = await app.SomeoneAsync();
        await acme.JoinsAsync(eve, Role.Manager);
        using var browser = app.Browser();
        await browser.SignInAsync(eve);
        using var api = app.Api(await MakeAsync(browser, acme.Page, "Eve's"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, "auth/me"));

        using var removed = await acme.Ada.Api.DeleteAsync(new Uri($"organizations/{acme.Id}/members/{await acme.IdOfAsync(eve)}", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(api, "auth/me"));
        await acme.JoinsAsync(eve, Role.Manager);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(api, "auth/me"));
    }

    [Fact]
    public async Task It_is_dead_while_its_owners_account_is_shut()
    {
        using var acme = await StartAsync();
        using var api = app.Api(await acme.MakeAsync("Script"));
        await using var db = app.Database.Open();
        await db.Users.Where(u => u.Email == acme.Ada.Email).ExecuteUpdateAsync(change => change.SetProperty(u => u.LockoutEnd, DateTimeOffset.UtcNow.AddYears(1)), Now);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(api, "auth/me"));
    }

    [Fact]
    public async Task An_Admin_sees_and_revokes_everyones_and_a_member_their_own()
    {
        using var acme = await StartAsync();
        var eve = await app.SomeoneAsync();
        await acme.JoinsAsync(eve, Role.Viewer);
        await acme.MakeAsync("Ada's");
        using var browser = app.Browser();
        await browser.SignInAsync(eve);
        using var api = app.Api(await MakeAsync(browser, acme.Page, "Eve's"));
        Assert.DoesNotContain("Ada's", (await browser.GetAsync(acme.Page)).Text, StringComparison.Ordinal);
        await using var db = app.Database.Open();
        var adas = await db.ApiTokens.IgnoreQueryFilters().Where(t => t.OrganizationId == acme.Id && t.Name == "Ada's").Select(t => t.Id).SingleAsync(Now);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PressAsync(acme.Page, "#tokens form", ("id", adas.ToString()))).Status);

        Assert.Contains("Eve's", (await acme.Browser.GetAsync(acme.Page)).Text, StringComparison.Ordinal);
        await acme.RevokeAsync("Eve's");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(api, "auth/me"));
    }

    [Fact]
    public async Task Last_use_is_written_once_a_minute()
    {
        using var acme = await StartAsync();
        using var api = app.Api(await acme.MakeAsync("Script"));
        await using var db = app.Database.Open();
        var own = db.ApiTokens.IgnoreQueryFilters().Where(t => t.OrganizationId == acme.Id);
        Assert.Null(await own.Select(t => t.LastUsedAt).SingleAsync(Now));
        await StatusAsync(api, "auth/me");
        var first = await own.Select(t => t.LastUsedAt).SingleAsync(Now);
        Assert.NotNull(first);
        await StatusAsync(api, "auth/me");
        Assert.Equal(first, await own.Select(t => t.LastUsedAt).SingleAsync(Now));
        await own.ExecuteUpdateAsync(change => change.SetProperty(t => t.LastUsedAt, first.Value.AddSeconds(-61)), Now);
        await StatusAsync(api, "auth/me");
        Assert.True(await own.Select(t => t.LastUsedAt).SingleAsync(Now) > first.Value.AddSeconds(-1));
    }

    [Theory]
    [InlineData("", "30", "", "Name")]
    [InlineData("Script", "31", "", "Expires")]
    [InlineData("Script", "day", "", "Day")]
    [InlineData("Script", "day", "2020-01-01", "Day")]
    [InlineData("Script", "day", "2200-01-01", "Day")]
    public async Task What_does_not_fit_is_told_on_its_field(string name, string expires, string day, string field)
    {
        using var acme = await StartAsync();
        var answer = await acme.Browser.SubmitAsync(acme.Page, ("Name", name), ("Expires", expires), ("Day", day));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.Document.QuerySelector($"#{field}-error"));
    }

    [Fact]
    public async Task A_chosen_day_ends_with_that_day_where_the_organization_is()
    {
        using var acme = await StartAsync();
        var day = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(10));
        await acme.Browser.SubmitAsync(acme.Page, ("Name", "Script"), ("Expires", "day"), ("Day", $"{day:yyyy-MM-dd}"));
        await using var db = app.Database.Open();
        var end = (await db.ApiTokens.IgnoreQueryFilters().Where(t => t.OrganizationId == acme.Id).Select(t => t.ExpiresAt).SingleAsync(Now))!.Value;
        var paris = TimeZoneInfo.ConvertTime(end, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        Assert.Equal((day.AddDays(1), TimeOnly.MinValue), (DateOnly.FromDateTime(paris.DateTime), TimeOnly.FromDateTime(paris.DateTime)));
    }

    private static async Task<string> MakeAsync(Browser browser, string page, string name, string expires = "90")
    {
        var made = await browser.SubmitAsync(page, ("Name", name), ("Expires", expires));
        return (await browser.FollowAsync(made)).Document.QuerySelector("#token")!.GetAttribute("value")!;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient api, string path, string? organization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (organization is not null) request.Headers.Add("X-Organization", organization);
        using var answer = await api.SendAsync(request, Now);
        return answer.StatusCode;
    }

    private async Task<Stage> StartAsync()
    {
        var ada = await app.SomeoneAsync();
        var organization = await ada.FoundAsync("Acme");
        var browser = app.Browser();
        await browser.SignInAsync(ada);
        return new Stage(app, ada, browser, organization.GetProperty("id").GetGuid(), organization.GetProperty("slug").GetString()!);
    }

    private sealed record Stage(TestApp App, Someone Ada, Browser Browser, Guid Id, string Slug) : IDisposable
    {
        public string Page => $"/o/{Slug}/settings/tokens";

        public Task<string> MakeAsync(string name, string expires = "90") => TokensTests.MakeAsync(Browser, Page, name, expires);

        public async Task RevokeAsync(string name)
        {
            await using var db = App.Database.Open();
            var id = await db.ApiTokens.IgnoreQueryFilters().Where(t => t.OrganizationId == Id && t.Name == name).Select(t => t.Id).SingleAsync(Now);
            Assert.Equal(HttpStatusCode.Found, (await Browser.PressAsync(Page, "#tokens form", ("id", id.ToString()))).Status);
        }

        public async Task<Guid> IdOfAsync(Someone someone)
        {
            await using var db = App.Database.Open();
            return await db.Users.Where(u => u.Email == someone.Email).Select(u => u.Id).SingleAsync(Now);
        }

        public async Task JoinsAsync(Someone someone, Role role)
        {
            await using var db = App.Database.Open();
            db.Add(new Membership { OrganizationId = Id, UserId = await IdOfAsync(someone), Role = role, JoinedAt = DateTimeOffset.UtcNow });
            await db.SaveChangesAsync(Now);
        }

        public async Task BecomesAsync(Role role)
        {
            await using var db = App.Database.Open();
            await db.Memberships.IgnoreQueryFilters().Where(m => m.OrganizationId == Id).ExecuteUpdateAsync(change => change.SetProperty(m => m.Role, role), Now);
        }

        public void Dispose() => Browser.Dispose();
    }
}
