using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;

namespace Veelocity.Web.Tests.Metrics.Development;

public sealed class ThroughputTests(MetricsDatabase database)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M28_pull_requests_merged_and_issues_completed_are_counted_in_each_bucket()
    {
        var data = new DevelopmentData(database);
        data.Pull(merged: "2026-03-02 00:00");
        data.Pull(merged: "2026-03-01 23:59");
        data.Pull(merged: "2026-02-28 23:59");
        data.Issue("2026-02-01 10:00", completed: "2026-03-02 10:00");
        await data.SaveAsync();

        var answer = await data.AskAsync(ask => ask.Throughput.AskAsync(data.Period("2026-03-01", "2026-03-02"), data.Scope, Stop));
        Assert.Equal((2, 1L, 7.0, 3.5), (answer.Now.Merged, answer.Now.Completed, answer.PerWeek, answer.CompletedPerWeek));
        Assert.Equal((1, 0L), (answer.Previous.Merged, answer.Previous.Completed));
        var days = await data.AskAsync(ask => ask.Throughput.GroupsAsync(data.Period("2026-03-01", "2026-03-03"), data.Scope, WorkSplit.By(Grouping.Day), Stop));
        Assert.Equal([("2026-03-01", 1L, 0L), ("2026-03-02", 1L, 1L), ("2026-03-03", 0L, (long?)0)], days.Select(day => (day.Key, day.Of.Merged, day.Of.Completed)));
    }

    [Fact]
    public async Task M3_without_an_issue_tracker_issues_completed_are_no_data_and_not_zero()
    {
        var data = new DevelopmentData(database);
        data.Pull(merged: "2026-03-02 10:00");
        await data.SaveAsync();

        var answer = await data.AskAsync(ask => ask.Throughput.AskAsync(data.Period("2026-03-01", "2026-03-07"), data.Scope, Stop));
        Assert.Equal((1, null, null), (answer.Now.Merged, answer.Now.Completed, answer.CompletedPerWeek));
    }

    [Fact]
    public async Task M28_a_developer_is_a_person_with_all_their_accounts_and_stands_in_order_of_names()
    {
        var data = new DevelopmentData(database);
        data.Pull("zoe", merged: "2026-03-02 10:00");
        data.Pull("ada", merged: "2026-03-02 10:00");
        data.Pull("ada-work", merged: "2026-03-02 10:00", repository: "api");
        data.Issue("2026-03-01 10:00", completed: "2026-03-02 10:00", assignee: "ada");
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var developers = await data.AskAsync(ask => ask.Throughput.GroupsAsync(period, data.Scope, WorkSplit.Developer, Stop));
        Assert.Equal([("Ada", 2L, 1L), ("Zoe", 1L, (long?)0)], developers.Select(one => (one.Label, one.Of.Merged, one.Of.Completed)));
        var repositories = await data.AskAsync(ask => ask.Throughput.GroupsAsync(period, data.Scope, WorkSplit.Repository, Stop));
        // The issue has no pull request, so it belongs to no repository.
        Assert.Equal([("acme/api", 1L), ("acme/web", 2L), ("Unassigned", 0L)], repositories.Select(one => (one.Label, one.Of.Merged)));
        var own = await data.AskAsync(ask => ask.Throughput.AskAsync(period, data.Scope with { PersonId = data.PersonId("ada") }, Stop));
        Assert.Equal((2, 1L), (own.Now.Merged, own.Now.Completed));
    }

    [Fact]
    public async Task M28_a_team_has_the_work_of_its_members_and_who_is_in_two_counts_for_both()
    {
        var data = new DevelopmentData(database);
        data.Pull("ada", merged: "2026-03-02 10:00");
        data.Pull("bob", merged: "2026-03-02 10:00");
        data.Pull("eve", merged: "2026-03-02 10:00");
        data.Issue("2026-03-01 10:00", completed: "2026-03-02 10:00", assignee: "bob");
        var web = data.Team("Web", "ada", "bob");
        data.Team("App", "bob");
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var teams = await data.AskAsync(ask => ask.Throughput.GroupsAsync(period, data.Scope, WorkSplit.Team, Stop));
        Assert.Equal([("App", 1L, 1L), ("Web", 2L, 1L), ("Unassigned", 1L, (long?)0)], teams.Select(team => (team.Label, team.Of.Merged, team.Of.Completed)));
        var one = await data.AskAsync(ask => ask.Throughput.AskAsync(period, data.Scope with { Filter = data.Filter with { TeamId = web } }, Stop));
        Assert.Equal((2, 1L), (one.Now.Merged, one.Now.Completed));
        var others = await data.AskAsync(ask => ask.Throughput.AskAsync(period, data.Scope with { Filter = data.Filter with { TeamId = Guid.NewGuid() } }, Stop));
        Assert.Equal(0, others.Now.Merged);
    }

    [Theory]
    [InlineData("team")]
    [InlineData("developer")]
    [InlineData("repo")]
    public async Task M28_groups_add_up_to_the_whole(string split)
    {
        var data = new DevelopmentData(database);
        var linked = data.Pull("ada", merged: "2026-03-02 10:00");
        data.Pull("eve", merged: "2026-03-02 10:00", repository: "api");
        data.Pull(null, merged: "2026-03-03 10:00");
        data.Issue("2026-03-01 10:00", completed: "2026-03-02 10:00", assignee: "ada", pulls: linked);
        data.Issue("2026-03-01 10:00", completed: "2026-03-02 10:00", assignee: "eve");
        data.Issue("2026-03-01 10:00", completed: "2026-03-02 10:00");
        data.Team("Web", "ada");
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var whole = await data.AskAsync(ask => ask.Throughput.AskAsync(period, data.Scope, Stop));
        var groups = await data.AskAsync(ask => ask.Throughput.GroupsAsync(period, data.Scope, WorkSplit.Parse(split)!, Stop));
        Assert.Equal((3, 3L), (whole.Now.Merged, whole.Now.Completed));
        Assert.Equal((3, 3L), (groups.Sum(group => group.Of.Merged), groups.Sum(group => group.Of.Completed)));
        Assert.Equal(WorkGroups.Unassigned, groups[^1].Label);
        if (split != "team") return;
        var rest = await data.AskAsync(ask => ask.Throughput.AskAsync(period, data.Scope with { Filter = data.Filter with { TeamId = Filter.NoTeam } }, Stop));
        Assert.Equal(groups[^1].Of, rest.Now);
    }

    [Fact]
    public async Task M5_issues_per_week_counts_from_the_first_issue_also_without_repositories()
    {
        var data = new DevelopmentData(database);
        data.Issue("2026-03-01 00:00", completed: "2026-03-02 10:00");
        data.Issue("2026-03-01 00:00", completed: "2026-03-03 10:00");
        await data.SaveAsync();

        var answer = await data.AskAsync(ask => ask.Throughput.AskAsync(data.Period("2026-02-23", "2026-03-08"), data.Scope, Stop));
        Assert.Equal((null, 2 / 8.0 * 7), (answer.PerWeek, answer.CompletedPerWeek!.Value));
    }

    [Fact]
    public async Task M30_reverts_are_in_throughput_and_what_was_closed_unmerged_is_the_abandon_rate()
    {
        var data = new DevelopmentData(database);
        data.Pull(merged: "2026-03-02 10:00");
        data.Pull(merged: "2026-03-03 10:00", isRevert: true);
        data.Pull(merged: "2026-03-03 11:00");
        data.Pull(created: "2026-03-01 10:00", closed: "2026-03-04 10:00");
        data.Pull("renovate[bot]", created: "2026-03-01 10:00", closed: "2026-03-04 10:00");
        await data.SaveAsync();

        var answer = await data.AskAsync(ask => ask.Throughput.AskAsync(data.Period("2026-03-01", "2026-03-07"), data.Scope, Stop));
        Assert.Equal((3, 1, 1, 0.25), (answer.Now.Merged, answer.Now.Reverts, answer.Now.Abandoned, answer.Now.AbandonRate));
        Assert.Null(answer.Previous.AbandonRate);
    }

    [Fact]
    public async Task M29_coding_agents_are_shown_beside_and_can_be_counted_with()
    {
        var data = new DevelopmentData(database);
        data.Pull("claude[bot]", merged: "2026-03-02 10:00");
        data.Pull("ada", merged: "2026-03-02 10:00");
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var people = await data.AskAsync(ask => ask.Throughput.AskAsync(period, data.Scope, Stop));
        var both = await data.AskAsync(ask => ask.Throughput.AskAsync(period, data.Scope with { Authors = Cohort.Both }, Stop));
        Assert.Equal((1, 1, 2), (people.Now.Merged, people.ByAgents, both.Now.Merged));
    }
}
