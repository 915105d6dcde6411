using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Tests.Api.V1;
using Veelocity.Web.Tests.Organizations.Invitations;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Organizations;

public sealed class MembersTests(TestApp app)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_Admins_who_demote_each_other_at_once_leave_one()
    {
        using var acme = await Inviting.StartAsync(app);
        var second = await acme.JoinedAsync("Admin");
        var ids = (await acme.MembersAsync()).ToDictionary(m => m.GetProperty("email").GetString()!, m => m.GetProperty("user_id").GetGuid());
        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(
                RoleAsync(acme.Admin, acme.Id, ids[second.Email], "viewer"), RoleAsync(second, acme.Id, ids[acme.Admin.Email], "viewer"));
            Assert.Contains(HttpStatusCode.OK, answers);
            var admins = (await acme.MembersAsync()).Where(m => m.GetProperty("role").GetString() == "admin").ToList();
            var left = Assert.Single(admins).GetProperty("email").GetString() == second.Email ? second : acme.Admin;
            Assert.Equal(HttpStatusCode.OK, await RoleAsync(left, acme.Id, ids[left == second ? acme.Admin.Email : second.Email], "admin"));
        }
    }

    [Fact]
    public async Task The_last_Admin_can_neither_step_down_nor_leave_nor_be_removed()
    {
        using var acme = await Inviting.StartAsync(app);
        var self = (await acme.MembersAsync())[0].GetProperty("user_id").GetGuid();
        using var put = await acme.Admin.Api.PutAsJsonAsync($"organizations/{acme.Id}/members/{self}/role", new { role = "viewer" }, Now);
        await AuthTests.AssertProblemAsync(put, HttpStatusCode.Conflict, "last_admin");
        using var removed = await acme.Admin.Api.DeleteAsync(new Uri($"organizations/{acme.Id}/members/{self}", UriKind.Relative), Now);
        await AuthTests.AssertProblemAsync(removed, HttpStatusCode.Conflict, "last_admin");
        var left = await acme.Browser.PostAsync($"{acme.Page}?handler=Leave", [new("__RequestVerificationToken", await TokenAsync(acme.Browser, acme.Page))]);
        Assert.Contains("needs an Admin", (await acme.Browser.FollowAsync(left)).Text, StringComparison.Ordinal);
        Assert.Single(await acme.MembersAsync());
    }

    [Fact]
    public async Task A_removed_member_is_out_at_the_next_request_with_cookie_and_token()
    {
        using var acme = await Inviting.StartAsync(app);
        var viewer = await acme.JoinedAsync("Viewer");
        using var browser = app.Browser();
        await browser.SignInAsync(viewer);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/o/{acme.Slug}")).Status);
        var id = (await acme.MembersAsync()).Single(m => m.GetProperty("email").GetString() == viewer.Email).GetProperty("user_id").GetGuid();
        var form = $"{acme.Page}/{id}";
        await acme.Browser.PostAsync($"{form}?handler=Remove", [new("__RequestVerificationToken", await TokenAsync(acme.Browser, form))]);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/o/{acme.Slug}")).Status);
        using var api = await viewer.Api.GetAsync(new Uri($"organizations/{acme.Id}", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.NotFound, api.StatusCode);
    }

    [Fact]
    public async Task A_role_is_changed_on_the_members_page_and_a_Viewer_may_leave()
    {
        using var acme = await Inviting.StartAsync(app);
        var viewer = await acme.JoinedAsync("Viewer");
        var id = (await acme.MembersAsync()).Single(m => m.GetProperty("email").GetString() == viewer.Email).GetProperty("user_id").GetGuid();
        await acme.Browser.SubmitAsync($"{acme.Page}/{id}", ("role", "Manager"));
        Assert.Equal("manager", (await acme.MembersAsync()).Single(m => m.GetProperty("user_id").GetGuid() == id).GetProperty("role").GetString());
        using var browser = app.Browser();
        await browser.SignInAsync(viewer);
        await browser.PostAsync($"{acme.Page}?handler=Leave", [new("__RequestVerificationToken", await TokenAsync(browser, acme.Page))]);
        Assert.Single(await acme.MembersAsync());
    }

    private static async Task<string> TokenAsync(Browser browser, string path) =>
        (await browser.GetAsync(path)).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private static async Task<HttpStatusCode> RoleAsync(Someone caller, Guid organization, Guid user, string role)
    {
        using var answer = await caller.Api.PutAsJsonAsync($"organizations/{organization}/members/{user}/role", new { role }, Now);
        return answer.StatusCode;
    }
}
