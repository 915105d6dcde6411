using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Tests.Linking.Issues;

public sealed class IssueLinksTests
{
    [Theory]
    [InlineData("eng-1-totals", "A change", null, IssueLinkMethod.Branch)]
    [InlineData("topic", "ENG-1: totals", null, IssueLinkMethod.Title)]
    [InlineData("topic", "A change", "Closes ENG-1", IssueLinkMethod.Description)]
    [InlineData("eng-1", "ENG-1", "ENG-1", IssueLinkMethod.Branch)]
    public async Task M31_a_pull_request_is_work_on_the_issue_it_names(string branch, string title, string? body, IssueLinkMethod method)
    {
        await using var scene = await IssueScene.SetAsync();
        var (issue, pull) = (scene.Issue("ENG-1"), scene.Pull(branch, title, body));
        await scene.LinkAsync();
        Assert.Equal([(issue, pull, method)], await scene.LinksAsync());
    }

    [Fact]
    public async Task M31_the_tracker_that_keeps_the_pull_request_is_surest()
    {
        await using var scene = await IssueScene.SetAsync();
        var (issue, named) = (scene.Issue("ENG-1"), scene.Pull("eng-1"));
        scene.Attach(issue, $"https://github.example/acme/web/pull/{scene.LastNumber}");
        var kept = scene.Pull();
        scene.Attach(issue, $"https://github.example/acme/web/pull/{scene.LastNumber}");
        scene.Attach(issue, "https://github.example/acme/other/pull/1");
        scene.Attach(issue, "https://www.figma.example/file/1");
        await scene.LinkAsync();
        Assert.Equal(
            new[] { (issue, named, IssueLinkMethod.Attachment), (issue, kept, IssueLinkMethod.Attachment) }.Order(), await scene.LinksAsync());
    }

    [Fact]
    public async Task M31_a_mention_of_an_issue_completed_before_is_not_work_on_it()
    {
        await using var scene = await IssueScene.SetAsync();
        var (old, open) = (scene.Issue("ENG-1", "completed", completed: 5), scene.Issue("ENG-2"));
        scene.Pull(body: "Follow-up of ENG-1", created: 9);
        var (early, closing) = (scene.Pull(body: "As in ENG-1", created: 3), scene.Pull(body: "Fixes ENG-1", created: 9));
        var other = scene.Pull(body: "See ENG-2", created: 9);
        await scene.LinkAsync();
        Assert.Equal(
            new[] { (old, early, IssueLinkMethod.Description), (old, closing, IssueLinkMethod.Description), (open, other, IssueLinkMethod.Description) }.Order(),
            await scene.LinksAsync());
    }

    [Fact]
    public async Task M31_an_attachment_follows_a_repository_by_the_names_it_had_unless_another_has_them_now()
    {
        await using var scene = await IssueScene.SetAsync();
        var (issue, pull) = (scene.Issue("ENG-1"), scene.Pull());
        scene.Attach(issue, $"https://github.example/acme/old-web/pull/{scene.LastNumber}");
        var (second, api) = (scene.Issue("ENG-2"), scene.Pull(repository: "api"));
        scene.Attach(second, $"https://github.example/acme/api/pull/{scene.LastNumber}");
        await scene.LinkAsync();
        await scene.ChangeAsync(db => db.Repositories.Where(r => r.FullName == "acme/web" || r.FullName == "Acme/web").ExecuteUpdateAsync(
            set => set.SetProperty(r => r.FormerUrls, new[] { "https://github.example/acme/old-web", "https://github.example/acme/api" })));
        await scene.LinkAsync();
        Assert.Equal(new[] { (issue, pull, IssueLinkMethod.Attachment), (second, api, IssueLinkMethod.Attachment) }.Order(), await scene.LinksAsync());
    }

    [Fact]
    public async Task M31_only_known_issues_count_so_UTF_8_is_none()
    {
        await using var scene = await IssueScene.SetAsync();
        scene.Issue("ENG-1");
        scene.Pull("topic", "Read UTF-8 and ENG-77", "SHA-256");
        await scene.LinkAsync();
        Assert.Empty(await scene.LinksAsync());
    }

    [Fact]
    public async Task M31_an_issue_is_known_by_the_names_it_had_in_other_teams_unless_another_has_them_now()
    {
        await using var scene = await IssueScene.SetAsync();
        var moved = scene.Issue("ENG-1", before: ["OPS-7", "OPS-8"]);
        var now = scene.Issue("OPS-8");
        var (one, two) = (scene.Pull("ops-7"), scene.Pull("ops-8"));
        await scene.LinkAsync();
        Assert.Equal(new[] { (moved, one, IssueLinkMethod.Branch), (now, two, IssueLinkMethod.Branch) }.Order(), await scene.LinksAsync());
    }

    [Fact]
    public async Task M31_several_issues_and_several_pull_requests()
    {
        await using var scene = await IssueScene.SetAsync();
        var (first, second) = (scene.Issue("ENG-1"), scene.Issue("ENG-2"));
        scene.Pull("eng-1", "Also ENG-2");
        scene.Pull("eng-1-part-2");
        await scene.LinkAsync();
        var links = await scene.LinksAsync();
        Assert.Equal((2, 1), (links.Count(l => l.Issue == first), links.Count(l => l.Issue == second)));
    }

    [Fact]
    public async Task M31_an_issue_in_the_bin_is_tied_to_nothing_and_comes_back()
    {
        await using var scene = await IssueScene.SetAsync();
        var (issue, pull) = (scene.Issue("ENG-1"), scene.Pull("eng-1"));
        await scene.LinkAsync();
        await scene.ChangeAsync(db => db.Issues.ExecuteUpdateAsync(set => set.SetProperty(i => i.IsTrashed, true)));
        Assert.Equal(1, await scene.LinkAsync());
        Assert.Empty(await scene.LinksAsync());
        await scene.ChangeAsync(db => db.Issues.ExecuteUpdateAsync(set => set.SetProperty(i => i.IsTrashed, false)));
        await scene.LinkAsync();
        Assert.Equal([(issue, pull, IssueLinkMethod.Branch)], await scene.LinksAsync());
    }

    [Fact]
    public async Task A_repeat_changes_nothing()
    {
        await using var scene = await IssueScene.SetAsync();
        scene.Issue("ENG-1", "completed", spans: [("started", 1), ("completed", 2)]);
        scene.Pull("eng-1", merged: 3);
        Assert.NotEqual(0, await scene.LinkAsync());
        Assert.Equal(0, await scene.LinkAsync());
    }

    [Fact]
    public async Task Linking_one_repository_leaves_the_links_of_others()
    {
        await using var scene = await IssueScene.SetAsync();
        scene.Issue("ENG-1");
        scene.Pull("eng-1");
        var other = scene.Pull("eng-1", repository: "api");
        await scene.LinkAsync();
        await scene.ChangeAsync(db => db.PullRequests.ExecuteUpdateAsync(set => set.SetProperty(p => p.NamedIssues, Array.Empty<string>())));
        await scene.LinkAsync("web");
        Assert.Equal(other, Assert.Single(await scene.LinksAsync()).Pull);
    }

    [Fact]
    public async Task M31_what_a_person_said_stays()
    {
        await using var scene = await IssueScene.SetAsync();
        var (named, other) = (scene.Issue("ENG-1"), scene.Issue("ENG-2"));
        var pull = scene.Pull("eng-1");
        await scene.LinkAsync();
        await scene.DecideAsync(decisions => decisions.RefuseAsync(scene.OrganizationId, Guid.NewGuid(), pull, named, CancellationToken.None));
        await scene.DecideAsync(decisions => decisions.TieAsync(scene.OrganizationId, Guid.NewGuid(), pull, " eng-2 ", CancellationToken.None));
        await scene.LinkAsync();
        Assert.Equal([(other, pull, IssueLinkMethod.Person)], await scene.LinksAsync());
        await scene.DecideAsync(decisions => decisions.TieAsync(scene.OrganizationId, Guid.NewGuid(), pull, "https://linear.app/acme/issue/ENG-1/totals", CancellationToken.None));
        Assert.Equal(2, (await scene.LinksAsync()).Length);
    }

    [Theory]
    [InlineData("", "identifier_missing")]
    [InlineData("OPS-99", "unknown_issue")]
    public async Task What_names_no_issue_is_refused_with_a_reason(string name, string code)
    {
        await using var scene = await IssueScene.SetAsync();
        scene.Issue("ENG-1");
        var pull = scene.Pull();
        var refused = await Assert.ThrowsAsync<Refused>(() =>
            scene.DecideAsync(decisions => decisions.TieAsync(scene.OrganizationId, Guid.NewGuid(), pull, name, CancellationToken.None)));
        Assert.Equal(code, refused.Code);
    }
}
