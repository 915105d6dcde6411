using System.Net;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Metrics.Flow;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Pages.Flow;

public sealed class FlowPagesTests(TestApp app)
{
    [Fact]
    public async Task The_page_of_a_change_shows_its_timeline_its_gaps_and_its_deployment()
    {
        var (member, data) = await FoundAsync();
        var pull = data.Pull(createdAgo: 95, firstCommitAgo: 100, readyAgo: 95, reviewedAgo: 80, approvedAgo: 60, mergedAgo: 55, title: "<b>Totals</b>");
        data.Review(pull, 80, ReviewState.ChangesRequested);
        data.Review(pull, 60, ReviewState.Approved);
        var deployment = data.Deploy(50, "Deploy cart");
        data.Brings(deployment, 50, pull, coding: 5, pickup: 15, review: 20, merge: 5, deploy: 5);
        await SaveAsync(data);

        var page = await member.SeeAsync($"/changes/{pull}");
        Assert.Equal("<b>Totals</b>", page.Document.QuerySelector("h1")?.TextContent);
        var life = page.Document.QuerySelector("#life")!;
        Assert.Contains("20 h in review, the longest wait", Words(life.TextContent), StringComparison.Ordinal);
        Assert.Contains("Approved by grace", Words(life.TextContent), StringComparison.Ordinal);
        Assert.NotNull(life.QuerySelector($"a[href='/o/{member.Slug}/deployments/{deployment}']"));
        Assert.Equal("144", life.QuerySelectorAll(".life-line").Max(line => line.GetAttribute("height")!.PadLeft(3, ' ')));
        Assert.Contains("In production after 2.1 d, most of it review", page.Document.QuerySelector("#stages")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("In the lead time", page.Document.QuerySelector("#standing")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_is_left_out_says_why()
    {
        var (member, data) = await FoundAsync();
        var pull = data.Pull(createdAgo: 95, mergedAgo: 55);
        data.Brings(data.Deploy(50), 50, pull, 5, null, null, 5, 5, LeftOut.FirstKnownDeployment, isByTime: true);
        await SaveAsync(data);
        var standing = Words((await member.SeeAsync($"/changes/{pull}")).Document.QuerySelector("#standing")!.TextContent);
        Assert.Contains("Left out of the lead time: first known deployment", standing, StringComparison.Ordinal);
        Assert.Contains("Linked by time", standing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_member_said_of_a_row_stands_on_its_page()
    {
        var (member, data) = await FoundAsync();
        var (pull, deployment) = (data.Pull(createdAgo: 95, mergedAgo: 55), data.Deploy(50));
        data.LeaveOut(DecisionSubject.PullRequest, pull, "Only a try");
        data.LeaveOut(DecisionSubject.Deployment, deployment, "A rehearsal");
        await SaveAsync(data);
        Assert.Contains("Left out by someone", Words((await member.SeeAsync($"/changes/{pull}")).Document.QuerySelector("#standing")!.TextContent), StringComparison.Ordinal);
        Assert.Contains("A rehearsal", (await member.SeeAsync($"/deployments/{deployment}")).Document.QuerySelector("#marks")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_deployment_shows_what_it_brought_and_how_it_ended()
    {
        var (member, data) = await FoundAsync();
        var pull = data.Pull(createdAgo: 95, mergedAgo: 55, title: "Totals");
        var before = data.Deploy(60, "Deploy search");
        var deployment = data.Deploy(50, "Deploy cart", failedBy: ChangeFailure.Incident);
        data.Brings(deployment, 50, pull, 5, 5, 5, 5, 5);
        var incident = data.Incident(45, 43, deployment);
        await SaveAsync(data);

        var page = (await member.SeeAsync($"/deployments/{deployment}")).Document;
        Assert.NotNull(page.QuerySelector($"#brought a[href='/o/{member.Slug}/changes/{pull}']"));
        Assert.NotNull(page.QuerySelector($"#marks a[href='/o/{member.Slug}/incidents/{incident}']"));
        Assert.NotNull(page.QuerySelector($"#neighbours a[href='/o/{member.Slug}/deployments/{before}']"));
        Assert.Contains("over after 2.0 h", page.QuerySelector("#marks")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Broke something", page.QuerySelector(".page-head .pill")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_organization_owns_is_not_found()
    {
        var (_, data) = await FoundAsync();
        var (pull, deployment) = (data.Pull(createdAgo: 95), data.Deploy(50));
        await SaveAsync(data);
        var (stranger, others) = await FoundAsync();
        others.Deploy(50);
        await SaveAsync(others);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SeeAsync($"/changes/{pull}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SeeAsync($"/deployments/{deployment}")).Status);
    }

    [Fact]
    public async Task What_is_at_risk_is_listed_on_its_page_and_named_on_the_dashboard()
    {
        var (member, data) = await FoundAsync();
        data.Usually(20, hoursInStage: 10);
        var late = data.Pull(createdAgo: 72, readyAgo: 72, title: "Nobody looks");
        data.Pull(createdAgo: 3, readyAgo: 3, title: "In time");
        await SaveAsync(data);

        var row = Assert.Single((await member.SeeAsync("/at-risk")).Document.QuerySelectorAll("#at-risk tbody tr"));
        Assert.Equal($"/o/{member.Slug}/changes/{late}", row.QuerySelector("a.name-line")?.GetAttribute("href"));
        Assert.Equal(["3.0 d", "10 h"], row.QuerySelectorAll(".num").Select(cell => cell.TextContent.Trim()));
        var attention = (await member.SeeAsync("")).Document.QuerySelector("#attention")!;
        Assert.Contains("1 pull request is longer in one stage than usual; the longest: waiting for a first review for 3.0 d", attention.TextContent, StringComparison.Ordinal);
        Assert.NotNull(attention.QuerySelector($"a[href='/o/{member.Slug}/at-risk']"));
        var csv = (await member.SeeAsync("/at-risk?format=csv")).Html;
        Assert.Contains("Nobody looks,ada,pickup", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_at_risk_the_page_says_so_and_the_dashboard_nothing()
    {
        var (member, data) = await FoundAsync();
        data.Usually(20, hoursInStage: 10);
        await SaveAsync(data);
        Assert.Contains("Nothing takes longer than usual", (await member.SeeAsync("/at-risk")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("than usual", (await member.SeeAsync("")).Document.QuerySelector("#attention")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dora/changes", "changes")]
    [InlineData("/dora/deployments", "deployments")]
    public async Task Rows_lead_to_the_life_of_what_they_name(string list, string place)
    {
        var (member, data) = await FoundAsync();
        var (pull, deployment) = (data.Pull(createdAgo: 95, mergedAgo: 55), data.Deploy(50));
        data.Brings(deployment, 50, pull, 5, 5, 5, 5, 5);
        await SaveAsync(data);
        var row = Assert.Single((await member.SeeAsync(list)).Document.QuerySelectorAll("main tbody tr"));
        var link = row.QuerySelector("a.name-line")!.GetAttribute("href")!;
        Assert.Equal($"/o/{member.Slug}/{place}/{(place == "changes" ? pull : deployment)}", link);
        Assert.NotNull(row.QuerySelector("a[href^='https://github.example/']"));
        Assert.Equal(HttpStatusCode.OK, (await member.Browser.GetAsync(link)).Status);
    }

    private static string Words(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private async Task<(Member Member, FlowData Data)> FoundAsync()
    {
        var someone = await app.SomeoneAsync();
        var founded = await someone.FoundAsync("Acme");
        var member = new Member(app.Browser(), founded.GetProperty("slug").GetString()!);
        await member.Browser.SignInAsync(someone);
        return (member, new FlowData(founded.GetProperty("id").GetGuid()));
    }

    private async Task SaveAsync(FlowData data)
    {
        await using var db = app.Database.Open();
        await data.SaveAsync(db);
    }

    private sealed record Member(Browser Browser, string Slug)
    {
        public Task<Seen> SeeAsync(string path) => Browser.GetAsync($"/o/{Slug}{path}");
    }
}
