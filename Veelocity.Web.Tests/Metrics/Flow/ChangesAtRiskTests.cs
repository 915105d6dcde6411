using Microsoft.Extensions.Time.Testing;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Tests.Metrics.Flow;

public sealed class ChangesAtRiskTests(MetricsDatabase database)
{
    private const double Hour = 3600;

    [Fact]
    public async Task M20_a_pull_request_is_at_risk_in_each_stage_once_it_is_longer_in_it_than_85_percent_were()
    {
        var data = new FlowData();
        data.Usually(20, hoursInStage: 10);
        var draft = data.Pull(createdAgo: 30, firstCommitAgo: 60, isDraft: true);
        var unreviewed = data.Pull(createdAgo: 50, readyAgo: 50);
        var reviewed = data.Pull(createdAgo: 80, readyAgo: 80, reviewedAgo: 40);
        var approved = data.Pull(createdAgo: 80, readyAgo: 80, reviewedAgo: 70, approvedAgo: 30);
        var merged = data.Pull(createdAgo: 80, readyAgo: 80, mergedAgo: 20, waitingAgo: 20);
        foreach (var hours in new[] { 9, 5, 1 }) data.Pull(createdAgo: hours, readyAgo: hours, title: "In time");

        var found = await AskAsync(data);
        Assert.Equal(
            [
                (draft, ChangeStage.Coding, 60 * Hour), (unreviewed, ChangeStage.Pickup, 50 * Hour), (reviewed, ChangeStage.Review, 40 * Hour),
                (approved, ChangeStage.Merge, 30 * Hour), (merged, ChangeStage.Deploy, 20 * Hour),
            ],
            found.Items.Select(item => (item.PullRequestId, item.Stage, item.Seconds)));
        Assert.All(found.Items, item => Assert.Equal((10 * Hour, 20, true), (item.UsualSeconds, item.UsualCount, item.IsUsualOfRepository)));
        Assert.Equal(5, found.Total);
    }

    [Fact]
    public async Task A_repository_of_fewer_than_20_changes_is_measured_by_the_organization_s()
    {
        var data = new FlowData();
        data.Usually(30, hoursInStage: 100, repository: "web");
        data.Usually(19, hoursInStage: 1, repository: "api");
        data.Pull(createdAgo: 50, readyAgo: 50, repository: "api");
        Assert.Empty((await AskAsync(data)).Items);

        var late = data.Pull(createdAgo: 150, readyAgo: 150, repository: "api");
        var item = Assert.Single((await AskAsync(data)).Items);
        Assert.Equal((late, false, 49), (item.PullRequestId, item.IsUsualOfRepository, item.UsualCount));
    }

    [Fact]
    public async Task M4_where_fewer_than_five_changes_tell_how_long_it_takes_nothing_is_at_risk()
    {
        var data = new FlowData();
        data.Usually(4, hoursInStage: 1);
        data.Pull(createdAgo: 500, readyAgo: 500);
        Assert.Empty((await AskAsync(data)).Items);
        data.Usually(1, hoursInStage: 1);
        Assert.Single((await AskAsync(data)).Items);
    }

    [Fact]
    public async Task Changes_deployed_longer_ago_than_90_days_do_not_tell_what_is_usual()
    {
        var data = new FlowData();
        data.Usually(30, hoursInStage: 1, daysAgo: 95);
        data.Pull(createdAgo: 50, readyAgo: 50);
        Assert.Empty((await AskAsync(data)).Items);
    }

    [Fact]
    public async Task M29_a_bot_s_pull_request_is_not_at_risk()
    {
        var data = new FlowData();
        data.Usually(20, hoursInStage: 1);
        data.Pull(createdAgo: 50, readyAgo: 50, author: "renovate", isBot: true);
        Assert.Empty((await AskAsync(data)).Items);
    }

    [Fact]
    public async Task Changes_requested_after_an_approval_put_it_back_into_review_unless_a_bot_asked()
    {
        var data = new FlowData();
        data.Usually(20, hoursInStage: 1);
        var asked = data.Pull(createdAgo: 50, readyAgo: 50, reviewedAgo: 40, approvedAgo: 30);
        data.Review(asked, 20, ReviewState.ChangesRequested);
        var askedByBot = data.Pull(createdAgo: 50, readyAgo: 50, reviewedAgo: 40, approvedAgo: 30);
        data.Review(askedByBot, 20, ReviewState.ChangesRequested, by: "linter", isBot: true);
        Assert.Equal([(asked, ChangeStage.Review), (askedByBot, ChangeStage.Merge)], (await AskAsync(data)).Items.Select(item => (item.PullRequestId, item.Stage)));
    }

    [Fact]
    public async Task Another_organization_s_changes_are_neither_listed_nor_usual()
    {
        var data = new FlowData();
        data.Usually(20, hoursInStage: 100);
        data.Pull(createdAgo: 50, readyAgo: 50);
        var others = new FlowData();
        others.Usually(40, hoursInStage: 1);
        others.Pull(createdAgo: 500, readyAgo: 500);
        await using (var db = await database.OpenAsync()) await others.SaveAsync(db);

        Assert.Empty((await AskAsync(data)).Items);
        Assert.Single((await AskAsync(others)).Items);
    }

    [Fact]
    public async Task One_repository_s_are_asked_for_alone_and_the_longest_is_named_with_the_count()
    {
        var data = new FlowData();
        data.Usually(20, hoursInStage: 1);
        data.Pull(createdAgo: 50, readyAgo: 50, repository: "web");
        var longest = data.Pull(createdAgo: 90, readyAgo: 90, repository: "api");
        Assert.Equal(2, (await AskAsync(data)).Total);
        Assert.Equal(1, (await AskAsync(data, data.RepositoryId("web"))).Total);

        await using var db = await database.OpenAsync();
        var answer = await Question(db).SumUpAsync(new Filter(data.OrganizationId), TestContext.Current.CancellationToken);
        Assert.Equal((2, longest), (answer.Count, answer.Longest!.PullRequestId));
    }

    [Fact]
    public async Task M20_a_team_is_measured_by_its_own_changes_over_all_its_repositories()
    {
        var data = new FlowData();
        data.Usually(10, hoursInStage: 1, repository: "web");
        data.Usually(10, hoursInStage: 1, repository: "api");
        data.Usually(30, hoursInStage: 100, repository: "other");
        var late = data.Pull(createdAgo: 50, readyAgo: 50, repository: "api");
        data.Pull(createdAgo: 50, readyAgo: 50, repository: "other");
        // By the repository, of ten changes, the organization would speak for it.
        Assert.Empty((await AskAsync(data)).Items);

        var team = new Team { OrganizationId = data.OrganizationId, Name = "Checkout" };
        await using var db = await database.OpenAsync();
        db.Add(team);
        foreach (var name in new[] { "web", "api" })
            db.Add(new TeamRepository { TeamId = team.Id, RepositoryId = data.RepositoryId(name), OrganizationId = data.OrganizationId });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        var item = Assert.Single((await Question(db).AskAsync(new Filter(data.OrganizationId, TeamId: team.Id), new PageRequest(), TestContext.Current.CancellationToken)).Items);
        Assert.Equal((late, true, false, 20, Hour), (item.PullRequestId, item.IsUsualOfTeam, item.IsUsualOfRepository, item.UsualCount, item.UsualSeconds));
        var foreign = new Filter(Guid.CreateVersion7(), TeamId: team.Id);
        Assert.Empty((await Question(db).AskAsync(foreign, new PageRequest(), TestContext.Current.CancellationToken)).Items);
    }

    private async Task<Page<ChangesAtRisk.Item>> AskAsync(FlowData data, Guid? repositoryId = null)
    {
        await using var db = await database.OpenAsync();
        await data.SaveAsync(db);
        return await Question(db).AskAsync(new Filter(data.OrganizationId, repositoryId), new PageRequest(), TestContext.Current.CancellationToken);
    }

    private static ChangesAtRisk Question(VeelocityDb db) => new(db, new TeamScopes(db), new FakeTimeProvider(FlowData.Now));
}
