using System.Net;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Organizations;

public sealed class OrganizationAccessTests(TestApp app)
{
    [Fact]
    public async Task A_stranger_gets_the_same_404_for_anothers_organization_as_for_none()
    {
        var owner = await app.SomeoneAsync();
        var slug = (await owner.FoundAsync("Secret Works")).GetProperty("slug").GetString();
        using var stranger = app.Browser();
        await stranger.SignInAsync(await app.SomeoneAsync());

        var theirs = await stranger.GetAsync($"/o/{slug}");
        var nobodys = await stranger.GetAsync("/o/no-such-organization");
        Assert.Equal((HttpStatusCode.NotFound, "There is nothing here"), (theirs.Status, theirs.Document.QuerySelector("h1")?.TextContent));
        Assert.Equal((HttpStatusCode.NotFound, "There is nothing here"), (nobodys.Status, nobodys.Document.QuerySelector("h1")?.TextContent));
        Assert.DoesNotContain("Secret Works", theirs.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_an_organization_is_a_404_to_strangers()
    {
        var owner = await app.SomeoneAsync();
        var slug = (await owner.FoundAsync("Walled")).GetProperty("slug").GetString();
        using var stranger = app.Browser();
        await stranger.SignInAsync(await app.SomeoneAsync());
        var templates = app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items
            .Select(page => page.AttributeRouteInfo?.Template ?? "").Where(template => template.StartsWith("o/", StringComparison.Ordinal)).ToArray();

        Assert.Contains("o/{slug}", templates);
        foreach (var template in templates)
        {
            var path = "/" + template.Replace("{slug}", slug, StringComparison.Ordinal).Replace("{person:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal).Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await stranger.GetAsync(path)).Status));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await stranger.PostAsync(path, [])).Status));
        }
    }

    [Fact]
    public async Task A_visitor_is_sent_to_sign_in_whether_or_not_the_organization_exists()
    {
        var owner = await app.SomeoneAsync();
        var slug = (await owner.FoundAsync("Secret Works")).GetProperty("slug").GetString();
        using var visitor = app.Browser();
        foreach (var address in new[] { $"/o/{slug}", "/o/no-such-organization" })
        {
            var answer = await visitor.GetAsync(address);
            Assert.Equal("/account/login?returnUrl=" + Uri.EscapeDataString(address), new Uri(answer.Location!).PathAndQuery);
        }
    }

    [Fact]
    public async Task A_removed_member_is_out_at_the_next_request_by_cookie_and_by_token()
    {
        var owner = await app.SomeoneAsync();
        var slug = (await owner.FoundAsync("Leavers")).GetProperty("slug").GetString();
        using var browser = app.Browser();
        await browser.SignInAsync(owner);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/o/{slug}")).Status);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(owner, $"organizations/{slug}"));

        await using (var db = app.Database.Open())
            await db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(m => m.Organization.Slug == slug)
                .ExecuteDeleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/o/{slug}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(owner, $"organizations/{slug}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(owner, $"organizations/{slug}/members"));
    }

    [Fact]
    public async Task With_several_organizations_the_start_page_lets_one_choose()
    {
        var owner = await app.SomeoneAsync();
        var one = (await owner.FoundAsync("First of two")).GetProperty("slug").GetString();
        var other = (await owner.FoundAsync("Second of two")).GetProperty("slug").GetString();
        using var browser = app.Browser();
        await browser.SignInAsync(owner);
        var links = (await browser.GetAsync("/")).Document.QuerySelectorAll("#organizations a").Select(a => a.GetAttribute("href"));
        Assert.Equal([$"/o/{one}", $"/o/{other}"], links);
    }

    // SPEC part 3: the permissions of each role.
    [Theory]
    [InlineData(Permission.SeeMetrics, Role.Viewer)]
    [InlineData(Permission.ExportData, Role.Viewer)]
    [InlineData(Permission.MakeApiTokens, Role.Viewer)]
    [InlineData(Permission.TriggerSync, Role.Manager)]
    [InlineData(Permission.SeeSyncLogs, Role.Manager)]
    [InlineData(Permission.LinkIncidents, Role.Manager)]
    [InlineData(Permission.EditTeams, Role.Manager)]
    [InlineData(Permission.EditGoals, Role.Manager)]
    [InlineData(Permission.EditMetricRules, Role.Manager)]
    [InlineData(Permission.ManageConnectors, Role.Admin)]
    [InlineData(Permission.Invite, Role.Admin)]
    [InlineData(Permission.ChangeRoles, Role.Admin)]
    [InlineData(Permission.RemoveMembers, Role.Admin)]
    [InlineData(Permission.ChangeSettings, Role.Admin)]
    [InlineData(Permission.SeeAuditLog, Role.Admin)]
    [InlineData(Permission.RevokeApiTokens, Role.Admin)]
    public void A_permission_belongs_to_its_role_and_those_above(Permission permission, Role lowest)
    {
        foreach (var role in Enum.GetValues<Role>())
            Assert.Equal(role >= lowest, role.Carries(permission));
    }

    private static async Task<HttpStatusCode> StatusAsync(Someone someone, string path)
    {
        using var answer = await someone.Api.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
