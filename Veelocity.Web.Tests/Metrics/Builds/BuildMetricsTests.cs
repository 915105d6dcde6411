using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Builds;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Tests.Metrics.Builds;

public sealed class BuildMetricsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M32_runs_that_succeed_at_last_at_the_first_try_and_by_attempt()
    {
        await using var data = await StoredBuilds.OfAsync(
            new(10, 1), new(20, 2, "failure"), new(50, 2, Attempt: 2), new(60, 3, "timed_out"), new(70, 4, "cancelled"), new(80, 5, "skipped", null), new(90, 6, "", null),
            new(100, 7, Workflow: "android-build"));
        var answer = await data.Rate.AskAsync(StoredBuilds.Period(1), data.Filter, BuildPlatform.Ios, Stop);
        Assert.Equal(new BuildSuccessRate.Rates(new(2, 1), new(1, 2), new(2, 2), Undecided: 3), answer.Now);
        Assert.Equal(3, answer.LeftOut);
        var all = (await data.Rate.AskAsync(StoredBuilds.Period(1), data.Filter, null, Stop)).Now;
        Assert.Equal(0.75, all.Eventual.Value);
    }

    [Fact]
    public async Task M3_without_completed_runs_there_is_no_rate_and_no_duration()
    {
        await using var data = await StoredBuilds.OfAsync(new RunSpec(10, 1, "cancelled"));
        Assert.Null((await data.Rate.AskAsync(StoredBuilds.Period(1), data.Filter, null, Stop)).Now.Eventual.Value);
        Assert.Null((await data.Duration.AskAsync(StoredBuilds.Period(1), data.Filter, null, Stop)).Value.Mean);
        Assert.Equal([null, null], (await data.Rate.ByTimeAsync(StoredBuilds.Period(2), data.Filter, null, Grouping.Day, Stop)).Select(day => day.Rates.Eventual.Value));
    }

    [Fact]
    public async Task M33_only_successes_are_timed_and_their_queue_is_apart()
    {
        await using var data = await StoredBuilds.OfAsync(
            new(0, 1, Lasted: 10, Queue: 2), new(1, 2, Lasted: 20, Queue: 4), new(2, 3, Lasted: 60, Queue: 6), new(3, 4, "failure", 500), new(4, 5, Lasted: null));
        var answer = await data.Duration.AskAsync(StoredBuilds.Period(1), data.Filter, null, Stop);
        Assert.Equal(new BuildDuration.Seconds(3, 1800, 1200, 3120), answer.Value);
        Assert.Equal((240.0, 1L), (answer.Queue.Median, answer.Unknown));
        Assert.Equal(Trend.None, answer.Trend); // M4
    }

    [Fact]
    public async Task M34_runs_count_once_whatever_came_of_them_on_the_day_that_the_organization_has()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        await using var data = await StoredBuilds.OfAsync(
            new(6 * 60, 1, "failure"), new(7 * 60, 1, Attempt: 2), new(23 * 60, 2, "cancelled"), new(28 * 60, 3), new(30 * 60, 4), new(31 * 60, 5, "skipped", null));
        var period = StoredBuilds.Period(2, zone, StoredBuilds.Start.AddHours(40));
        var days = await data.Frequency.ByTimeAsync(period, data.Filter, null, Grouping.Day, Stop);
        Assert.Equal([(3L, 2L, false), (1L, 1L, true)], days.Select(day => (day.Count, day.Succeeded, day.IsPartial)));
        var answer = await data.Frequency.AskAsync(period, data.Filter, null, StoredBuilds.Start.AddHours(40), Stop);
        Assert.Equal((4L, 5L, 1L, 3L), (answer.Total, answer.Attempts, answer.Today, answer.Yesterday));
    }

    [Fact]
    public async Task M32_failures_are_told_by_their_first_step_and_flaky_ones_by_a_later_pass()
    {
        await using var data = await StoredBuilds.OfAsync(
            new(0, 1, "failure", 5, Step: "Unit tests"), new(30, 1, Attempt: 2), new(40, 2, "failure", 7, Sha: "b", Step: "Unit tests"), new(50, 3, "timed_out", 60, Sha: "c"),
            new(60, 4, "startup_failure", null, Sha: "d"));
        var answer = await data.Failures.AskAsync(StoredBuilds.Period(1), data.Filter, null, Stop);
        Assert.Equal((4L, 1L, 72 * 60.0, 82 * 60.0), (answer.Failed, answer.Flaky, answer.Seconds, answer.AllSeconds));
        Assert.Equal(
            [new(BuildFailure.Step, "build", "Unit tests", 2, 1), new(BuildFailure.TimedOut, "build", null, 1, 0), new BuildFailures.Cause(BuildFailure.Startup, null, null, 1, 0)],
            answer.Causes);
        await using var db = data.Open();
        var flaky = Assert.Single(await new FlakyBuilds(db, new TeamScopes(db)).AskAsync(StoredBuilds.Period(1), data.Filter, null, 10, Stop));
        Assert.Equal(("acme/app", "cafe", 1L, 300.0, "Unit tests"), (flaky.Repository, flaky.Sha, flaky.Failures, flaky.Seconds, flaky.Step));
    }

    [Fact]
    public async Task A_team_has_the_builds_of_the_repositories_that_it_owns()
    {
        await using var data = await StoredBuilds.OfAsync(new(10, 1), new(20, 2, "failure", Repository: "kit"), new(30, 3, "failure", Repository: "tool"));
        var (period, team) = (StoredBuilds.Period(1), await data.TeamOfAsync("app", "kit"));
        Assert.Equal(new BuildSuccessRate.Ratio(1, 1), (await data.Rate.AskAsync(period, team, null, Stop)).Now.Eventual);
        Assert.Equal(new BuildSuccessRate.Ratio(0, 1), (await data.Rate.AskAsync(period, data.Filter with { TeamId = Filter.NoTeam }, null, Stop)).Now.Eventual);
        await using var db = data.Open();
        var items = new BuildItems(db, new TeamScopes(db));
        Assert.Equal(["acme/kit", "acme/app"], (await items.AskAsync(period, team, new(BuildItems.Set.All), new PageRequest(), Stop)).Items.Select(item => item.Repository));
        Assert.Equal(0, (await items.AskAsync(period, data.Filter with { TeamId = Guid.NewGuid() }, new(BuildItems.Set.All), new PageRequest(), Stop)).Total);
    }

    [Fact]
    public async Task M35_every_build_is_in_a_value_or_left_out_for_one_reason()
    {
        await using var data = await StoredBuilds.OfAsync(
            new(10, 1), new(20, 2, "failure"), new(50, 2, Attempt: 2), new(70, 4, "cancelled"), new(80, 5, "skipped", null), new(90, 6, "", null), new(95, 7, Lasted: null));
        await using var db = data.Open();
        var items = new BuildItems(db, new TeamScopes(db));
        var (period, all) = (StoredBuilds.Period(1), 7L);
        foreach (var (included, leftOut) in new[] { (BuildItems.Set.Timed, BuildItems.Set.NotTimed), (BuildItems.Set.Runs, BuildItems.Set.NotRuns) })
        {
            var counted = (await items.AskAsync(period, data.Filter, new(included), new PageRequest(), Stop)).Total;
            var reasons = await items.ReasonsAsync(period, data.Filter, new(leftOut), Stop);
            Assert.Equal(all, counted + reasons.Sum(reason => reason.Count));
            Assert.All((await items.AskAsync(period, data.Filter, new(leftOut), new PageRequest(), Stop)).Items, item => Assert.NotNull(item.WhyNot(leftOut)));
        }
        var undecided = await items.ReasonsAsync(period, data.Filter, new(BuildItems.Set.UndecidedRuns), Stop);
        Assert.Equal([BuildItems.Reason.Running, BuildItems.Reason.Cancelled, BuildItems.Reason.Skipped], undecided.Select(reason => reason.Reason));
    }
}
