using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Tests.Metrics.Development;

public sealed class CycleTimeTests(MetricsDatabase database)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M27_an_issue_takes_from_its_creation_to_its_last_merge_and_counts_once_however_many_pull_requests_it_has()
    {
        var data = new DevelopmentData(database);
        var (one, other) = (data.Pull(merged: "2026-03-03 10:00"), data.Pull(merged: "2026-03-05 10:00", repository: "api"));
        data.Issue("2026-03-01 10:00", "2026-03-02 10:00", "2026-03-05 12:00", delivered: "2026-03-05 10:00", pulls: [one, other]);
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var answer = await data.AskAsync(ask => ask.Cycle.AskAsync(period, data.Scope, Stop));
        Assert.Equal((1, 4 * 86_400.0), (answer.Now.Delivered.Count, answer.Now.Delivered.P50));
        Assert.Equal((1, 3 * 86_400.0 + 7200), (answer.Now.Worked.Count, answer.Now.Worked.P50));
        var repositories = await data.AskAsync(ask => ask.Cycle.GroupsAsync(period, data.Scope, WorkSplit.Repository, Stop));
        Assert.Equal([("acme/api", 1L), ("acme/web", 1L)], repositories.Select(group => (group.Label, group.Delivered.Count)));
        var ofOne = data.Scope with { Filter = data.Filter with { RepositoryId = data.Repository("api") } };
        Assert.Equal(1, (await data.AskAsync(ask => ask.Cycle.AskAsync(period, ofOne, Stop))).Now.Delivered.Count);
    }

    [Fact]
    public async Task M27_each_time_is_bucketed_by_its_end()
    {
        var data = new DevelopmentData(database);
        data.Issue("2026-02-20 10:00", "2026-02-21 10:00", completed: "2026-03-01 10:00", delivered: "2026-02-28 10:00");
        await data.SaveAsync();

        var march = (await data.AskAsync(ask => ask.Cycle.AskAsync(data.Period("2026-03-01", "2026-03-31"), data.Scope, Stop))).Now;
        Assert.Equal((0, 1), (march.Delivered.Count, march.Worked.Count));
        var february = (await data.AskAsync(ask => ask.Cycle.AskAsync(data.Period("2026-02-01", "2026-02-28"), data.Scope, Stop))).Now;
        Assert.Equal((1, 0), (february.Delivered.Count, february.Worked.Count));
    }

    [Fact]
    public async Task M27_a_jump_from_to_do_to_done_is_undefined_and_not_zero()
    {
        var data = new DevelopmentData(database);
        data.Issue("2026-03-01 10:00", completed: "2026-03-02 10:00");
        data.Issue("2026-03-01 10:00", "2026-03-01 12:00", completed: "2026-03-01 14:00");
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var now = (await data.AskAsync(ask => ask.Cycle.AskAsync(period, data.Scope, Stop))).Now;
        Assert.Equal((1, 7200.0, 1), (now.Worked.Count, now.Worked.P50, now.Jumped));
        Assert.Equal((0, null), (now.Delivered.Count, now.Delivered.P50));
        Assert.Equal([new WorkReasonCount(WorkReason.Jumped, 1)], await data.AskAsync(ask => ask.Lists.ReasonsAsync(IssueSet.Worked, period, data.Scope, Stop)));
        Assert.Equal([new WorkReasonCount(WorkReason.NotDelivered, 2)], await data.AskAsync(ask => ask.Lists.ReasonsAsync(IssueSet.Delivered, period, data.Scope, Stop)));
    }

    [Fact]
    public async Task M27_canceled_issues_and_those_in_the_bin_are_out()
    {
        var data = new DevelopmentData(database);
        data.Issue("2026-03-01 10:00", "2026-03-01 12:00", delivered: "2026-03-02 10:00", canceled: "2026-03-03 10:00");
        data.Issue("2026-03-01 10:00", "2026-03-01 12:00", completed: "2026-03-02 10:00", delivered: "2026-03-02 10:00", isTrashed: true);
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var now = (await data.AskAsync(ask => ask.Cycle.AskAsync(period, data.Scope, Stop))).Now;
        Assert.Equal((0, 0, 1), (now.Delivered.Count, now.Worked.Count, now.Canceled));
        var left = await data.AskAsync(ask => ask.Lists.IssuesAsync(IssueSet.Delivered, period, data.Scope, WorkOrder.Newest, new PageRequest(), Stop, WorkPart.Others));
        Assert.Equal(WorkReason.Canceled, Assert.Single(left.Items).LeftOut);
    }

    [Fact]
    public async Task M27_the_share_of_merged_pull_requests_that_are_linked_stands_beside()
    {
        var data = new DevelopmentData(database);
        var linked = data.Pull(merged: "2026-03-03 10:00");
        data.Pull(merged: "2026-03-03 10:00");
        data.Pull("dependabot[bot]", merged: "2026-03-03 10:00");
        data.Issue("2026-03-01 10:00", pulls: [linked]);
        data.Issue("2026-03-01 10:00", pulls: [linked]); // two issues, one pull request
        await data.SaveAsync();

        var links = (await data.AskAsync(ask => ask.Cycle.AskAsync(data.Period("2026-03-01", "2026-03-07"), data.Scope, Stop))).Links;
        Assert.Equal((1, 2, 0.5), (links.Linked, links.Merged, links.Share));
        Assert.Null((await data.AskAsync(ask => ask.Cycle.AskAsync(data.Period("2026-04-01", "2026-04-07"), data.Scope, Stop))).Links.Share);
    }
}
