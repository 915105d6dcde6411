using Veelocity.Web.Data;
using Veelocity.Web.Linking.Builds;

namespace Veelocity.Web.Tests.Linking.Builds;

public sealed class BuildDerivationTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private long number;

    [Fact]
    public void M33_a_build_lasts_from_its_first_job_to_its_last_and_waits_before_that()
    {
        var build = Assert.Single(Derive(MobilePlatforms.Ios, Attempt(1, 1, "success", 0, Job("a", 2, 10), Job("b", 5, 31))));
        Assert.Equal((29 * 60.0, 120.0, BuildOutcome.Succeeded), (build.DurationSeconds, build.QueueSeconds, build.Outcome));
    }

    [Fact]
    public void M33_a_run_for_both_waits_for_the_first_job_of_each_platform_apart()
    {
        var builds = Derive(MobilePlatforms.Both, Attempt(1, 1, "success", 0, Job("prepare", 1, 2), Job("build-ios", 9, 30), Job("build-android", 3, 12)));
        Assert.Equal(
            [(BuildPlatform.Ios, 9 * 60.0, 21 * 60.0), (BuildPlatform.Android, 3 * 60.0, 9 * 60.0)],
            builds.Select(b => (b.Platform, b.QueueSeconds!.Value, b.DurationSeconds!.Value)));
    }

    [Fact]
    public void M33_jobs_that_a_rerun_kept_from_before_do_not_make_it_longer()
    {
        var builds = Derive(
            MobilePlatforms.Ios,
            Attempt(1, 1, "failure", 0, Job("a", 1, 5), Job("b", 1, 9, "failure")), Attempt(1, 2, "success", 60, Job("a", 1, 5), Job("b", 62, 70)));
        Assert.Equal((8 * 60.0, 120.0), (builds[1].DurationSeconds, builds[1].QueueSeconds));
    }

    [Fact]
    public void M32_a_run_for_both_counts_for_each_platform_whose_jobs_ran()
    {
        var builds = Derive(
            MobilePlatforms.Both,
            Attempt(1, 1, "failure", 0, Job("prepare", 1, 2), Job("build-ios", 3, 30, "failure", "Unit tests"), Job("build-android", 3, 12)),
            Attempt(2, 1, "success", 5, Job("build-ios", 6, 20), Job("build-android", 0, 0, "skipped")));
        Assert.Equal(
            [(BuildPlatform.Ios, BuildOutcome.Failed, "Unit tests"), (BuildPlatform.Android, BuildOutcome.Succeeded, null), (BuildPlatform.Ios, BuildOutcome.Succeeded, null)],
            builds.OrderBy(b => b.StartedAt).Select(b => (b.Platform, b.Outcome, b.FailedStep)));
        Assert.Equal(9 * 60.0, builds.Single(b => b.Platform == BuildPlatform.Android).DurationSeconds);
    }

    [Fact]
    public void M32_what_broke_before_any_platform_could_be_built_failed_for_both()
    {
        var startup = Derive(MobilePlatforms.Both, Attempt(1, 1, "startup_failure", 0));
        Assert.Equal([BuildPlatform.Ios, BuildPlatform.Android], startup.Select(b => b.Platform));
        Assert.All(startup, b => Assert.Equal((BuildOutcome.Failed, BuildFailure.Startup), (b.Outcome, b.Failure)));
        var shared = Derive(MobilePlatforms.Both, Attempt(1, 1, "failure", 0, Job("prepare", 1, 2, "failure", "npm ci"), Job("build-ios", 0, 0, "skipped")));
        Assert.All(shared, b => Assert.Equal((BuildOutcome.Failed, "prepare"), (b.Outcome, b.FailedJob)));
        var passedOver = Derive(MobilePlatforms.Both, Attempt(1, 1, "success", 0, Job("changes", 1, 2), Job("build-ios", 0, 0, "skipped"), Job("build-android", 0, 0, "skipped")));
        Assert.All(passedOver, b => Assert.Equal(BuildOutcome.Skipped, b.Outcome));
    }

    [Fact]
    public void M32_a_run_is_a_success_when_any_attempt_is_and_what_failed_before_was_flaky()
    {
        var builds = Derive(MobilePlatforms.Ios, Attempt(1, 1, "failure", 0), Attempt(1, 2, "timed_out", 60), Attempt(1, 3, "success", 120));
        Assert.All(builds, b => Assert.Equal(BuildOutcome.Succeeded, b.Eventual));
        Assert.Equal([true, false, false], builds.Select(b => b.IsFirst));
        Assert.Equal([true, true, false], builds.Select(b => b.IsFlaky));
        Assert.Equal([BuildFailure.Step, BuildFailure.TimedOut, null], builds.Select(b => b.Failure));
    }

    [Fact]
    public void A_failure_is_flaky_when_another_run_passes_later_on_the_same_commit_only()
    {
        Assert.True(Derive(MobilePlatforms.Ios, Attempt(1, 1, "failure", 0), Attempt(2, 1, "success", 60))[0].IsFlaky);
        Assert.False(Derive(MobilePlatforms.Ios, Attempt(1, 1, "failure", 60), Attempt(2, 1, "success", 0))[0].IsFlaky);
        Assert.False(Derive(MobilePlatforms.Ios, Attempt(1, 1, "failure", 0), Attempt(2, 1, "success", 60) with { HeadSha = "other" })[0].IsFlaky);
    }

    private static List<Build> Derive(MobilePlatforms platforms, params AttemptFacts[] attempts) =>
        [.. new BuildDerivation(Guid.NewGuid(), Guid.NewGuid(), new MobileRules(new BuildRuleSet())).Derive(new MobileWorkflow(Guid.NewGuid(), platforms, [], attempts))];

    private static AttemptFacts Attempt(long run, int attempt, string conclusion, int minutes, params JobFacts[] jobs) => new(
        Guid.NewGuid(), run, attempt, "cafe", "completed", conclusion, Start, Start.AddMinutes(minutes), Start.AddMinutes(minutes + 40), jobs);

    private JobFacts Job(string name, int from, int to, string conclusion = "success", string? step = null) =>
        new(++number, name, conclusion, Start.AddMinutes(from), Start.AddMinutes(to), step);
}
