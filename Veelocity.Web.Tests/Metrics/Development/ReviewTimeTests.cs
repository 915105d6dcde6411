using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Tests.Metrics.Development;

public sealed class ReviewTimeTests(MetricsDatabase database)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M26_time_to_first_review_runs_from_ready_to_that_review_and_is_bucketed_by_it()
    {
        var data = new DevelopmentData(database);
        data.Pull(ready: "2026-03-01 23:00", review: "2026-03-02 01:00", merged: "2026-03-05 12:00"); // Sunday to Monday: 2 h, of the week of the 2nd
        data.Pull(ready: "2026-03-10 10:00", review: "2026-03-10 14:00"); // open: counts by its review all the same
        data.Pull(ready: "2026-02-27 10:00", review: "2026-02-28 10:00", merged: "2026-03-03 10:00"); // reviewed before the period, merged in it
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-14");

        var answer = await data.AskAsync(ask => ask.Review.AskAsync(period, data.Scope, Stop));
        Assert.Equal((2, 3 * 3600.0, 3 * 3600.0), (answer.Now.FirstReview.Count, answer.Now.FirstReview.P50, answer.Now.FirstReview.Mean));
        Assert.Equal((2, 2), (answer.Now.Merge.Count, answer.Now.Merged));
        var weeks = await data.AskAsync(ask => ask.Review.GroupsAsync(period, data.Scope, WorkSplit.By(Grouping.Week), Stop));
        Assert.Equal(
            [("2026-W09", 0L, null, true), ("2026-W10", 1L, 7200.0, false), ("2026-W11", 1L, 14400.0, true)],
            weeks.Select(week => (week.Key, week.Of.FirstReview.Count, week.Of.FirstReview.P50, week.IsPartial)));
    }

    [Fact]
    public async Task M26_merged_without_a_review_has_no_review_time_and_is_counted()
    {
        var data = new DevelopmentData(database);
        data.Pull(ready: "2026-03-02 10:00", merged: "2026-03-02 16:00");
        data.Pull(ready: "2026-03-02 10:00", review: "2026-03-02 11:00", merged: "2026-03-02 18:00");
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var now = (await data.AskAsync(ask => ask.Review.AskAsync(period, data.Scope, Stop))).Now;
        Assert.Equal((1, 3600.0, 2, 1, 0.5), (now.FirstReview.Count, now.FirstReview.P50, now.Merged, now.WithoutReview, now.WithoutReviewShare));
        Assert.Equal((2, 7 * 3600.0), (now.Merge.Count, now.Merge.P50));
        var reasons = await data.AskAsync(ask => ask.Lists.ReasonsAsync(PullSet.Reviewed, period, data.Scope, Stop));
        Assert.Equal([new WorkReasonCount(WorkReason.NoReview, 1)], reasons);
    }

    [Fact]
    public async Task M26_a_draft_that_never_was_ready_has_no_time_and_one_reviewed_as_a_draft_waited_for_nothing()
    {
        var data = new DevelopmentData(database);
        data.Pull(created: "2026-03-02 08:00", review: "2026-03-02 11:00", merged: "2026-03-03 18:00");
        data.Pull(ready: "2026-03-04 10:00", review: "2026-03-03 10:00", merged: "2026-03-04 16:00");
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var now = (await data.AskAsync(ask => ask.Review.AskAsync(period, data.Scope, Stop))).Now;
        Assert.Equal((1, 0.0), (now.FirstReview.Count, now.FirstReview.P50));
        Assert.Equal((1, 6 * 3600.0, 2), (now.Merge.Count, now.Merge.P50, now.Merged));
        var left = await data.AskAsync(ask => ask.Lists.PullsAsync(PullSet.MergeTimed, period, data.Scope, WorkOrder.Newest, new PageRequest(), Stop, WorkPart.Others));
        Assert.Equal(WorkReason.NeverReady, Assert.Single(left.Items).LeftOut);
    }

    [Fact]
    public async Task M29_bots_are_left_out_and_coding_agents_are_a_cohort_of_their_own()
    {
        var data = new DevelopmentData(database);
        data.Pull("ada", ready: "2026-03-02 10:00", review: "2026-03-02 12:00", merged: "2026-03-02 14:00");
        data.Pull("dependabot[bot]", ready: "2026-03-02 10:00", review: "2026-03-02 10:01", merged: "2026-03-02 10:02");
        data.Pull("copilot-swe-agent[bot]", ready: "2026-03-02 10:00", review: "2026-03-02 16:00", merged: "2026-03-02 17:00");
        data.Pull("claude", ready: "2026-03-02 10:00", review: "2026-03-02 14:00", merged: "2026-03-02 15:00"); // a person of that name
        data.Pull(null, ready: "2026-03-02 10:00", review: "2026-03-02 15:00", merged: "2026-03-02 15:30"); // an account that was deleted
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        async Task<(long, double?)> OfAsync(Cohort authors)
        {
            var answer = await data.AskAsync(ask => ask.Review.AskAsync(period, data.Scope with { Authors = authors }, Stop));
            Assert.Equal(1, answer.ByAgents);
            return (answer.Now.FirstReview.Count, answer.Now.FirstReview.P50);
        }
        Assert.Equal((3, 4 * 3600.0), await OfAsync(Cohort.People));
        Assert.Equal((1, 6 * 3600.0), await OfAsync(Cohort.Agents));
        Assert.Equal((4, 4.5 * 3600), await OfAsync(Cohort.Both));
        var reasons = await data.AskAsync(ask => ask.Lists.ReasonsAsync(PullSet.Reviewed, period, data.Scope, Stop));
        Assert.Equal([new(WorkReason.Bot, 1), new WorkReasonCount(WorkReason.Agent, 1)], reasons);
    }

    [Fact]
    public async Task M30_what_was_closed_without_a_merge_is_in_no_time()
    {
        var data = new DevelopmentData(database);
        data.Pull(ready: "2026-03-02 10:00", review: "2026-03-02 12:00", closed: "2026-03-03 14:00");
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var now = (await data.AskAsync(ask => ask.Review.AskAsync(period, data.Scope, Stop))).Now;
        Assert.Equal((0, null, 0, null, null), (now.FirstReview.Count, now.FirstReview.P50, now.Merge.Count, now.Merge.Mean, now.WithoutReviewShare));
        Assert.Equal([new WorkReasonCount(WorkReason.Abandoned, 1)], await data.AskAsync(ask => ask.Lists.ReasonsAsync(PullSet.Reviewed, period, data.Scope, Stop)));
    }

    [Fact]
    public async Task M35_a_members_word_goes_before_the_rules_in_every_number()
    {
        var data = new DevelopmentData(database);
        data.LeaveOut(data.Pull(ready: "2026-03-02 10:00", review: "2026-03-02 12:00", merged: "2026-03-02 14:00"));
        data.LeaveOut(data.Pull("renovate[bot]", ready: "2026-03-02 10:00", review: "2026-03-02 11:00", merged: "2026-03-02 14:00"), DecisionVerdict.Include);
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-07");

        var now = (await data.AskAsync(ask => ask.Review.AskAsync(period, data.Scope, Stop))).Now;
        Assert.Equal((1, 3600.0, 1), (now.FirstReview.Count, now.FirstReview.P50, now.Merged));
        Assert.Equal(1, (await data.AskAsync(ask => ask.Throughput.AskAsync(period, data.Scope, Stop))).Now.Merged);
    }

    [Fact]
    public async Task M4_fewer_than_five_have_no_trend_and_five_do()
    {
        var data = new DevelopmentData(database);
        for (var day = 1; day <= 5; day++)
        {
            data.Pull(ready: $"2026-03-0{day} 10:00", review: $"2026-03-0{day} 14:00", merged: $"2026-03-0{day} 18:00");
            data.Pull(ready: $"2026-02-2{day} 10:00", review: $"2026-02-2{day} 12:00");
        }
        await data.SaveAsync();

        var answer = await data.AskAsync(ask => ask.Review.AskAsync(data.Period("2026-03-01", "2026-03-10"), data.Scope, Stop));
        Assert.Equal(1, answer.FirstReviewTrend.Change); // 4 h after 2 h
        Assert.Null(answer.MergeTrend.Change); // nothing was merged before
        answer = await data.AskAsync(ask => ask.Review.AskAsync(data.Period("2026-03-02", "2026-03-05"), data.Scope, Stop));
        Assert.Equal((4, null), (answer.Now.FirstReview.Count, answer.FirstReviewTrend.Change));
    }

    [Fact]
    public async Task M7_the_working_clock_measures_the_same_pull_requests()
    {
        var data = new DevelopmentData(database);
        data.Pull(ready: "2026-03-06 17:00", review: "2026-03-09 10:00"); // Friday to Monday
        await data.SaveAsync();
        var working = new WorkingTime(new Organization { Name = "", Slug = "", TimeZone = "" }.WorkingHours, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));

        var scope = data.Scope with { Filter = data.Filter with { Working = working } };
        Assert.Equal(2 * 3600, (await data.AskAsync(ask => ask.Review.AskAsync(data.Period("2026-03-01", "2026-03-14"), scope, Stop))).Now.FirstReview.P50);
        Assert.Equal(65 * 3600, (await data.AskAsync(ask => ask.Review.AskAsync(data.Period("2026-03-01", "2026-03-14"), data.Scope, Stop))).Now.FirstReview.P50);
    }
}
