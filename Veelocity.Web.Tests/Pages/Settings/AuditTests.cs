using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Settings;

public sealed class AuditTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_tells_who_did_what_from_where_and_that_it_is_intact()
    {
        var (ana, browser, slug) = await StartAsync();
        using var _ = browser;
        await browser.SubmitAsync($"/o/{slug}/settings/teams", ("Name", "Checkout"));
        var team = (await browser.GetAsync($"/o/{slug}/settings/teams")).Document.QuerySelector("a[href*='/settings/teams/']")!.GetAttribute("href")!;
        await browser.SubmitAsync(team, ("Name", "Checkout and pay"));
        using var renamed = await ana.Api.PutAsJsonAsync($"teams/{team.Split('/')[^1]}/name", new { name = "Payments" }, Now);
        renamed.EnsureSuccessStatusCode();

        var page = await browser.GetAsync($"/o/{slug}/settings/audit-log");
        var rows = page.Document.QuerySelectorAll("#audit-log tbody tr").Select(row => string.Join(' ', row.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal(4, rows.Count);
        Assert.Contains("Ada Lovelace Payments Changed a team", rows[0], StringComparison.Ordinal);
        Assert.EndsWith("Renamed from Checkout and pay. 127.0.0.1Through the API", rows[0], StringComparison.Ordinal);
        Assert.EndsWith("Renamed from Checkout. 127.0.0.1In the browser", rows[1], StringComparison.Ordinal);
        Assert.Contains("Founded the organization", rows[3], StringComparison.Ordinal);
        Assert.Equal(team, page.Document.QuerySelector("#audit-log tbody a")!.GetAttribute("href"));
        Assert.Contains("The order is intact: 4 entries", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_order_is_told_with_the_entry_where_it_breaks()
    {
        var (ana, browser, slug) = await StartAsync();
        using var _ = browser;
        await browser.SubmitAsync($"/o/{slug}/settings/teams", ("Name", "Checkout"));
        await browser.SubmitAsync($"/o/{slug}/settings/teams", ("Name", "Search"));
        await using (var db = app.Database.Open())
            await db.Database.ExecuteSqlAsync($"UPDATE audit_entries SET subject = 'Innocent' WHERE number = 2 AND organization_id = (SELECT id FROM organizations WHERE slug = {slug})", Now);
        var alert = (await browser.GetAsync($"/o/{slug}/settings/audit-log")).Document.QuerySelector("#audit-log [role=alert]")!.TextContent;
        Assert.Contains("Entry 2, or the one before it, is not as it was written", alert, StringComparison.Ordinal);
        using var answer = await ana.Api.GetAsync(new Uri($"organizations/{slug}/audit-log/order", UriKind.Relative), Now);
        var order = await answer.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.Equal((false, 2), (order.GetProperty("intact").GetBoolean(), order.GetProperty("broken_at").GetInt32()));
    }

    [Theory]
    [InlineData("?group=teams", 2)]
    [InlineData("?group=organization", 1)]
    [InlineData("?group=incidents", 0)]
    [InlineData("?q=check", 1)]
    [InlineData("?q=lovelace", 3)]
    [InlineData("?q=127.0.0.1", 3)]
    [InlineData("?q=%25", 0)]
    [InlineData("?from=2020-01-01", 3)]
    [InlineData("?to=2020-01-01", 0)]
    [InlineData("?to=9999-12-31&from=0001-01-01", 3)]
    [InlineData("?person=00000000-0000-0000-0000-000000000001", 0)]
    [InlineData("?group=nonsense&from=x&page=x", 3)]
    [InlineData("?page=2", 0)]
    public async Task It_is_narrowed_by_kind_text_days_and_person(string query, int count)
    {
        var (_, browser, slug) = await StartAsync();
        using var _b = browser;
        await browser.SubmitAsync($"/o/{slug}/settings/teams", ("Name", "Checkout"));
        await browser.SubmitAsync($"/o/{slug}/settings/teams", ("Name", "Search"));
        var page = await browser.GetAsync($"/o/{slug}/settings/audit-log{query}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(count, page.Document.QuerySelectorAll("#audit-log tbody tr").Length);
    }

    [Fact]
    public async Task Days_begin_at_midnight_where_the_organization_is()
    {
        var (ana, browser, slug) = await StartAsync();
        using var _ = browser;
        await using (var db = app.Database.Open())
        {
            var id = await db.Organizations.Where(o => o.Slug == slug).Select(o => o.Id).SingleAsync(Now);
            db.Audit(id, AuditAction.TeamChanged, "Late", null, new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.Zero)); // 00:30 on the 2nd in Paris
            await db.SaveChangesAsync(Now);
        }
        Assert.Single((await browser.GetAsync($"/o/{slug}/settings/audit-log?from=2026-03-02&to=2026-03-02")).Document.QuerySelectorAll("#audit-log tbody tr"));
        Assert.Empty((await browser.GetAsync($"/o/{slug}/settings/audit-log?from=2026-03-01&to=2026-03-01")).Document.QuerySelectorAll("#audit-log tbody tr"));
        using var answer = await ana.Api.GetAsync(new Uri($"organizations/{slug}/audit-log?start_date=2026-03-02&end_date=2026-03-02", UriKind.Relative), Now);
        Assert.Equal(1, (await answer.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_file_holds_what_is_filtered_and_nothing_in_it_acts_as_a_formula()
    {
        var (ana, browser, slug) = await StartAsync();
        using var _ = browser;
        await browser.SubmitAsync($"/o/{slug}/settings/teams", ("Name", "=HYPERLINK(\"http://x\")"));
        var page = await browser.GetAsync($"/o/{slug}/settings/audit-log?group=teams");
        var file = await browser.GetAsync(page.Document.QuerySelector("#audit-log a[download]")!.GetAttribute("href")!);
        var lines = file.Html.Trim().Split('\n');
        Assert.Equal("number,at,actor,action,subject,detail,channel,address,hash", lines[0].Trim().TrimStart('\uFEFF'));
        Assert.Equal(2, lines.Length);
        Assert.DoesNotContain(",=HYPERLINK", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=HYPERLINK", lines[1], StringComparison.Ordinal);

        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri($"organizations/{slug}/audit-log?group=teams", UriKind.Relative));
        asked.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var answer = await ana.Api.SendAsync(asked, Now);
        Assert.Equal(file.Html, await answer.Content.ReadAsStringAsync(Now));
    }

    [Fact]
    public async Task Settings_are_told_from_what_to_what_and_unchanged_ones_not_at_all()
    {
        var (ana, browser, slug) = await StartAsync();
        using var _ = browser;
        var entries = $"organizations/{slug}/audit-log?group=organization";
        var path = $"/o/{slug}/settings/organization";
        (string, string)[] same = [("Name", "Acme"), ("TimeZone", "Europe/Paris"), ("Hours.From", "09:00"), ("Hours.To", "18:00"), ("Hours.Holidays", "")];
        (string, string)[] days = [.. new[] { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday" }.Select(day => ("Hours.Days", day))];
        await browser.SubmitAsync(path, [.. same, .. days]);
        Assert.Equal(1, (await ReadAsync(ana, entries)).GetProperty("total").GetInt32());
        await browser.SubmitAsync(path, [("Name", "Acme Ltd"), ("TimeZone", "UTC"), .. same[2..], .. days[..4]]);
        var newest = (await ReadAsync(ana, entries)).GetProperty("items")[0];
        Assert.Equal("organization_changed", newest.GetProperty("action").GetString());
        Assert.Equal("Name: Acme → Acme Ltd. Time zone: Europe/Paris → UTC. Working days: removed Friday.", string.Join(' ', newest.GetProperty("detail").GetString()!.Split(". ").Select(s => s.TrimEnd('.') + ".").OrderBy(s => s, StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Only_Admins_see_it()
    {
        var (ana, browser, slug) = await StartAsync();
        using var _ = browser;
        var eve = await app.SomeoneAsync();
        await using (var db = app.Database.Open())
        {
            var id = await db.Organizations.Where(o => o.Slug == slug).Select(o => o.Id).SingleAsync(Now);
            var user = await db.Users.Where(u => u.Email == eve.Email).Select(u => u.Id).SingleAsync(Now);
            db.Add(new Membership { OrganizationId = id, UserId = user, Role = Role.Manager });
            await db.SaveChangesAsync(Now);
        }
        using var manager = app.Browser();
        await manager.SignInAsync(eve);
        Assert.NotEqual(HttpStatusCode.OK, (await manager.GetAsync($"/o/{slug}/settings/audit-log")).Status);
        Assert.DoesNotContain("Audit log", (await manager.GetAsync($"/o/{slug}/settings")).Text, StringComparison.Ordinal);
        Assert.Contains("Audit log", (await browser.GetAsync($"/o/{slug}/settings")).Text, StringComparison.Ordinal);
        foreach (var path in new[] { "audit-log", "audit-log/order" })
        {
            using var answer = await eve.Api.GetAsync(new Uri($"organizations/{slug}/{path}", UriKind.Relative), Now);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    private static async Task<JsonElement> ReadAsync(Someone caller, string path)
    {
        using var answer = await caller.Api.GetAsync(new Uri(path, UriKind.Relative), Now);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Now);
    }

    private async Task<(Someone Ana, Browser Browser, string Slug)> StartAsync()
    {
        var ana = await app.SomeoneAsync();
        var slug = (await ana.FoundAsync("Acme")).GetProperty("slug").GetString()!;
        var browser = app.Browser();
        await browser.SignInAsync(ana);
        return (ana, browser, slug);
    }
}
