using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Metrics.Flow;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Planning;

public sealed class PlanningPagesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Before_Linear_is_read_the_pages_say_so_and_lead_to_it()
    {
        var member = await FoundAsync();
        foreach (var path in new[] { "/planning", "/planning/projects" })
            Assert.NotNull((await member.SeeAsync(path)).Document.QuerySelector($"a[href='/o/{member.Slug}/settings/linear']"));
    }

    [Fact]
    public async Task A_cycle_shows_its_scope_what_was_added_and_what_was_completed()
    {
        var member = await FoundAsync();
        var data = new PlanningData(member.OrganizationId);
        data.Cycle(6, 35, [8, 8], [2, 8]);
        var running = data.Cycle(7, 5, [8, 8, 11, 10], [0, 1, 3, 5], name: "<i>Long one</i>");
        data.Issue("Late", 4, cycle: running, addedAgo: 3);
        data.Issue("In time", 9, cycle: running, addedAgo: 9);
        await SaveAsync(data.SaveAsync);

        var rows = (await member.SeeAsync("/planning")).Document.QuerySelectorAll("#cycles tbody tr");
        Assert.Equal(["5 of 10", "8", "3", "1"], rows[0].QuerySelectorAll(".num").Select(cell => cell.TextContent));
        Assert.Contains("Running", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Cycle 6", rows[1].TextContent, StringComparison.Ordinal);

        var page = (await member.SeeAsync($"/cycles/{running}")).Document;
        Assert.Equal("<i>Long one</i>", page.QuerySelector("h1")?.TextContent);
        Assert.Contains("50 % of its scope is completed; 3 added after the start", page.QuerySelector("#progress-chart")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Late", Assert.Single(page.QuerySelectorAll("#issues tbody tr"), row => row.TextContent.Contains("Added after the start", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.Contains("ENG-1,Late,", (await member.SeeAsync($"/cycles/{running}?csv=issues")).Html, StringComparison.Ordinal);
        Assert.Contains("Cycle 6", (await member.SeeAsync("/planning?format=csv")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_shows_what_of_its_scope_is_completed_and_what_came_later()
    {
        var member = await FoundAsync();
        var data = new PlanningData(member.OrganizationId);
        var project = data.Project("New checkout", 30, health: "atRisk");
        data.Issue("Early", 31, "completed", completedAgo: 10, project: project);
        data.Issue("Later", 20, project: project);
        data.Issue("Given up", 20, "canceled", project: project);
        await SaveAsync(data.SaveAsync);

        var row = Assert.Single((await member.SeeAsync($"/planning/projects?team={data.TeamId}")).Document.QuerySelectorAll("#projects tbody tr"));
        Assert.Equal(["1 of 2", "1"], row.QuerySelectorAll(".num").Select(cell => cell.TextContent));
        Assert.Contains("At risk", row.TextContent, StringComparison.Ordinal);
        var page = (await member.SeeAsync($"/projects/{project}")).Document;
        Assert.Contains("50 % of its scope is completed; 1 issue of its scope came after the start", page.QuerySelector("#progress-chart")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M31_a_change_and_its_issue_name_each_other_and_their_story_is_one()
    {
        var member = await FoundAsync();
        var flow = new FlowData(member.OrganizationId);
        var pull = flow.Pull(createdAgo: 95, firstCommitAgo: 100, mergedAgo: 55, title: "Totals");
        var data = new PlanningData(member.OrganizationId);
        var issue = data.Issue("Wanted", 10, "completed", states: [("Todo", "unstarted", 10), ("In Progress", "started", 6), ("Done", "completed", 2)]);
        data.Tie(issue, pull);
        await SaveAsync(flow.SaveAsync, data.SaveAsync);

        var change = (await member.SeeAsync($"/changes/{pull}")).Document;
        Assert.Contains("named by the branch", change.QuerySelector("#issues")?.TextContent, StringComparison.Ordinal);
        var life = change.QuerySelector("#life")!;
        Assert.Equal(3, life.QuerySelectorAll($"a[href='/o/{member.Slug}/issues/{issue}']").Length);
        Assert.Contains("before the first commit", life.TextContent, StringComparison.Ordinal);

        var page = (await member.SeeAsync($"/issues/{issue}")).Document;
        Assert.NotNull(page.QuerySelector($"#pulls a[href='/o/{member.Slug}/changes/{pull}']"));
        Assert.Contains("In Progress", page.QuerySelector("#states")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_ties_and_unties_an_issue_and_a_wrong_name_is_answered_at_its_field()
    {
        var member = await FoundAsync();
        var flow = new FlowData(member.OrganizationId);
        var pull = flow.Pull(createdAgo: 95, mergedAgo: 55);
        var data = new PlanningData(member.OrganizationId);
        var issue = data.Issue("Wanted", 10);
        await SaveAsync(flow.SaveAsync, data.SaveAsync);

        var wrong = await PostAsync(member, pull, "Tie", ("identifier", "OPS-1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("There is no issue OPS-1", wrong.Document.QuerySelector("#identifier-error")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("OPS-1", wrong.Document.QuerySelector("#identifier")?.GetAttribute("value"));

        var tied = await member.Browser.FollowAsync(await PostAsync(member, pull, "Tie", ("identifier", "eng-1")));
        Assert.Contains("tied by a member", tied.Document.QuerySelector("#issues")?.TextContent, StringComparison.Ordinal);
        var untied = await member.Browser.FollowAsync(await PostAsync(member, pull, "Refuse", ("issueId", issue.ToString())));
        Assert.Contains("No issue is named", untied.Document.QuerySelector("#issues")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_is_not_offered_to_tie_and_is_refused_when_trying()
    {
        var member = await FoundAsync();
        var flow = new FlowData(member.OrganizationId);
        var pull = flow.Pull(createdAgo: 95, mergedAgo: 55);
        await SaveAsync(flow.SaveAsync);
        var token = await TokenAsync(member, pull);
        await using (var db = app.Database.Open())
            await db.Memberships.IgnoreQueryFilters().Where(m => m.OrganizationId == member.OrganizationId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Viewer), TestContext.Current.CancellationToken);
        Assert.Null((await member.SeeAsync($"/changes/{pull}")).Document.QuerySelector("#identifier"));
        var answer = await member.Browser.PostAsync($"/o/{member.Slug}/changes/{pull}?handler=Tie", [new("identifier", "ENG-1"), new("__RequestVerificationToken", token)]);
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }

    [Fact]
    public async Task Planned_work_of_another_organization_is_not_found()
    {
        var (member, stranger) = (await FoundAsync(), await FoundAsync());
        var data = new PlanningData(member.OrganizationId);
        var (cycle, project, issue) = (data.Cycle(1, 5, [1], [0]), data.Project("Ours", 5), data.Issue("Ours", 5));
        await SaveAsync(data.SaveAsync, new PlanningData(stranger.OrganizationId, "Theirs").SaveAsync);
        foreach (var path in new[] { $"/cycles/{cycle}", $"/projects/{project}", $"/issues/{issue}", $"/planning?team={data.TeamId}" })
        {
            Assert.Equal(HttpStatusCode.OK, (await member.SeeAsync(path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.SeeAsync(path)).Status);
        }
        Assert.DoesNotContain("Ours", (await stranger.SeeAsync("/planning/projects")).Text, StringComparison.Ordinal);
    }

    private static async Task<Seen> PostAsync(Member member, Guid pull, string handler, (string Name, string Value) field) =>
        await member.Browser.PostAsync(
            $"/o/{member.Slug}/changes/{pull}?handler={handler}", [new(field.Name, field.Value), new("__RequestVerificationToken", await TokenAsync(member, pull))]);

    private static async Task<string> TokenAsync(Member member, Guid pull) =>
        (await member.SeeAsync($"/changes/{pull}")).Document.QuerySelector("input[name='__RequestVerificationToken']")!.GetAttribute("value")!;

    private async Task<Member> FoundAsync()
    {
        var someone = await app.SomeoneAsync();
        var founded = await someone.FoundAsync("Acme");
        var member = new Member(app.Browser(), founded.GetProperty("slug").GetString()!, founded.GetProperty("id").GetGuid());
        await member.Browser.SignInAsync(someone);
        return member;
    }

    private async Task SaveAsync(params Func<VeelocityDb, Task>[] saves)
    {
        foreach (var save in saves)
        {
            await using var db = app.Database.Open();
            await save(db);
        }
    }

    private sealed record Member(Browser Browser, string Slug, Guid OrganizationId)
    {
        public Task<Seen> SeeAsync(string path) => Browser.GetAsync($"/o/{Slug}{path}");
    }
}
