using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.People;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Tests.Metrics.Development;

public sealed class PeopleTests(MetricsDatabase database)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pull_request_that_somebody_reviewed_several_times_counts_once_and_its_time_runs_to_their_own_first_review()
    {
        var data = new DevelopmentData(database);
        var pull = data.Pull("ada", ready: "2026-03-02 10:00", review: "2026-03-02 12:00", merged: "2026-03-04 10:00");
        data.Review(pull, "bob", "2026-03-02 12:00");
        data.Review(pull, "bob", "2026-03-03 12:00");
        data.Review(pull, "eve", "2026-03-03 10:00");
        data.Review(pull, "ada-work", "2026-03-02 11:00"); // her own, with another account
        data.Review(pull, "copilot[bot]", "2026-03-02 10:01");
        var late = data.Pull("ada", ready: "2026-03-02 10:00", merged: "2026-03-02 11:00");
        data.Review(late, "bob", "2026-03-05 10:00"); // after the merge: given, without a time
        await data.SaveAsync();

        var given = await data.AskAsync(ask => ask.Load.AskAsync(data.Period("2026-03-01", "2026-03-07"), data.Scope, Stop));
        Assert.Equal(2, given.Count);
        Assert.Equal((2, 1, 2 * 3600.0), (given[data.PersonId("bob")].Reviewed, given[data.PersonId("bob")].Time.Count, given[data.PersonId("bob")].Time.P50));
        Assert.Equal((1, 24 * 3600.0), (given[data.PersonId("eve")].Reviewed, given[data.PersonId("eve")].Time.P50));
        // Coming back to it counts in that period, and has no time there.
        given = await data.AskAsync(ask => ask.Load.AskAsync(data.Period("2026-03-03", "2026-03-03"), data.Scope, Stop));
        Assert.Equal((1, 0), (given[data.PersonId("bob")].Reviewed, given[data.PersonId("bob")].Time.Count));
    }

    [Fact]
    public async Task The_members_of_a_team_are_all_there_by_name_also_who_did_nothing()
    {
        var data = new DevelopmentData(database);
        var pull = data.Pull("zoe", ready: "2026-03-02 10:00", review: "2026-03-02 12:00", merged: "2026-03-02 14:00");
        data.Review(pull, "bob", "2026-03-02 12:00");
        data.Pull("eve", merged: "2026-03-02 14:00");
        data.Issue("2026-03-01 10:00", completed: "2026-03-02 10:00", assignee: "bob");
        var team = data.Team("Web", "zoe", "bob", "ada");
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var members = await data.AskAsync(ask => ask.Contributions.AskAsync(period, data.Scope with { Filter = data.Filter with { TeamId = team } }, Stop));
        Assert.Equal(
            [("Ada", 0L, 0L, 0L), ("Bob", 0L, 1L, 1L), ("Zoe", 1L, 0L, 0L)], members.Select(m => (m.Name, m.Merged, m.Given.Reviewed, m.Completed ?? 0)));
        var everybody = await data.AskAsync(ask => ask.Contributions.AskAsync(period, data.Scope, Stop));
        Assert.Equal(["Bob", "Eve", "Zoe"], everybody.Select(m => m.Name));
    }

    [Fact]
    public async Task A_persons_figures_pool_their_accounts_and_a_teams_its_rows()
    {
        var data = new DevelopmentData(database);
        data.Pull("ada", created: "2026-03-02 09:00", ready: "2026-03-02 10:00", review: "2026-03-02 12:00", merged: "2026-03-02 14:00");
        data.Pull("ada-work", created: "2026-03-02 09:00", ready: "2026-03-02 10:00", review: "2026-03-02 14:00");
        var bobs = data.Pull("bob", created: "2026-03-02 09:00", ready: "2026-03-02 10:00", review: "2026-03-02 20:00", merged: "2026-03-03 10:00");
        data.Review(bobs, "ada", "2026-03-02 20:00");
        data.Issue("2026-03-01 10:00", "2026-03-01 12:00", "2026-03-02 12:00", "2026-03-02 10:00", assignee: "ada", pulls: [bobs]);
        var team = data.Team("Web", "ada", "bob");
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var own = await data.AskAsync(ask => ask.Developer.AskAsync(period, data.Scope with { PersonId = data.PersonId("ada") }, Stop));
        Assert.Equal((2, 1, 1L, 1, 3 * 3600.0, 24 * 3600.0), (own.Opened, own.Merged, own.Completed, own.Given.Reviewed, own.Received.P50, own.Cycle.P50));
        var all = await data.AskAsync(ask => ask.Developer.AskAsync(period, data.Scope with { Filter = data.Filter with { TeamId = team } }, Stop));
        Assert.Equal((3, 2, 4 * 3600.0), (all.Opened, all.Merged, all.Received.P50)); // the median of 2, 4 and 10 hours
        var timeline = await data.AskAsync(ask => ask.Timeline.AskAsync(period, data.Scope with { PersonId = data.PersonId("ada") }, new PageRequest(), Stop));
        Assert.Equal(["completed", "merged", "opened", "opened", "reviewed", "started"], timeline.Items.Select(entry => entry.Kind).Order());
        Assert.Equal(timeline.Items.Select(entry => entry.At), timeline.Items.Select(entry => entry.At).OrderDescending());
    }

    [Fact]
    public async Task Open_work_is_of_people_and_of_now_the_oldest_first()
    {
        var data = new DevelopmentData(database);
        data.Pull("ada", created: "2026-03-02 09:00", ready: "2026-03-02 09:00");
        data.Pull("bob", created: "2026-03-01 09:00", ready: "2026-03-01 09:00", review: "2026-03-01 10:00");
        data.Pull("dependabot[bot]", created: "2026-02-01 09:00");
        data.Pull("ada", created: "2026-02-01 09:00", merged: "2026-02-02 09:00");
        data.Issue("2026-03-01 10:00", started: "2026-03-01 12:00", assignee: "bob");
        data.Issue("2026-03-01 10:00", started: "2026-03-01 12:00", completed: "2026-03-02 12:00", assignee: "bob");
        await data.SaveAsync();

        var pulls = await data.AskAsync(ask => ask.Open.PullsAsync(data.Scope, 10, Stop));
        Assert.Equal([("Bob", OpenWork.InReview), ("Ada", OpenWork.Waiting)], pulls.Items.Select(item => (item.Person!, item.State)));
        Assert.Equal(1, (await data.AskAsync(ask => ask.Open.PullsAsync(data.Scope with { PersonId = data.PersonId("ada") }, 10, Stop))).Total);
        Assert.Equal("Bob", Assert.Single((await data.AskAsync(ask => ask.Open.IssuesAsync(data.Scope, 10, Stop))).Items).Person);
    }
}
