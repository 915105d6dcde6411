using Veelocity.Web.Data;
using Veelocity.Web.Metrics;

namespace Veelocity.Web.Tests.Metrics.Builds;

/// <summary>Random runs, answered by the metrics and by plain C# over the runs themselves.</summary>
public sealed class BuildOracleTests
{
    private static readonly string[] Conclusions = ["success", "success", "success", "failure", "failure", "timed_out", "cancelled", "skipped", "startup_failure", ""];
    private static readonly string[] Zones = ["UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task M32_M33_M34_are_what_counting_by_hand_gives(int seed)
    {
        var random = new Random(seed);
        var runs = Runs(random).ToList();
        await using var data = await StoredBuilds.OfAsync(runs);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[seed % Zones.Length]);
        var now = StoredBuilds.Start.AddDays(random.Next(2, 20)).AddMinutes(random.Next(1440));
        var period = StoredBuilds.Period(random.Next(1, 15), zone, now);
        BuildPlatform? platform = random.Next(3) switch { 0 => null, 1 => BuildPlatform.Ios, _ => BuildPlatform.Android };
        var filter = random.Next(3) == 0 ? data.Filter with { RepositoryId = data.RepositoryId("app") } : data.Filter;
        var stop = TestContext.Current.CancellationToken;
        var oracle = new SlowOracle(zone, period.FirstDay, period.LastDay, now);

        // By hand: one workflow is for iOS, one for Android; a run is its attempts.
        bool Asked(RunSpec run) => (platform is null || platform == BuildPlatform.Ios == (run.Workflow == "ios-build")) && (filter.RepositoryId is null || run.Repository == "app");
        DateTimeOffset At(RunSpec run) => StoredBuilds.Start.AddMinutes(run.At);
        var series = runs.Where(Asked).GroupBy(run => (run.Repository, run.Run)).Select(same => same.OrderBy(run => run.Attempt).ToList()).ToList();
        var inPeriod = series.Where(run => oracle.Holds(At(run[0]))).ToList();
        var good = inPeriod.Count(run => run.Exists(attempt => attempt.Conclusion == "success"));
        var bad = inPeriod.Count(run => !run.Exists(attempt => attempt.Conclusion is "success" or "") && run.Exists(HasFailed));

        var rate = (await data.Rate.AskAsync(period, filter, platform, stop)).Now;
        Assert.Equal((good, bad), (rate.Eventual.Succeeded, rate.Eventual.Failed));
        Assert.Equal((inPeriod.Count(run => run[0].Conclusion == "success"), inPeriod.Count(run => HasFailed(run[0]))), (rate.FirstTry.Succeeded, rate.FirstTry.Failed));
        var attempts = series.SelectMany(run => run).Where(attempt => oracle.Holds(At(attempt))).ToList();
        Assert.Equal((attempts.Count(a => a.Conclusion == "success"), attempts.Count(HasFailed)), (rate.PerAttempt.Succeeded, rate.PerAttempt.Failed));

        var seconds = attempts.Where(a => a is { Conclusion: "success", Lasted: not null }).Select(a => a.Lasted!.Value * 60).ToList();
        var duration = (await data.Duration.AskAsync(period, filter, platform, stop)).Value;
        Assert.Equal(seconds.Count, duration.Count);
        Same(seconds.Count == 0 ? null : seconds.Average(), duration.Mean);
        Same(SlowOracle.Percentile(seconds, 0.5), duration.Median);
        Same(SlowOracle.Percentile(seconds, 0.9), duration.P90);

        var days = await data.Frequency.ByTimeAsync(period, filter, platform, Grouping.Day, stop);
        Assert.Equal(
            oracle.Buckets("day").Select(bucket => (bucket.Key, bucket.IsPartial,
                (long)inPeriod.Count(run => run.Exists(a => a.Conclusion != "skipped") && SlowOracle.KeyOf(oracle.DayOf(At(run[0])), "day") == bucket.Key))),
            days.Select(day => (day.Key, day.IsPartial, day.Count)));

        var failed = attempts.Where(HasFailed).ToList();
        var failures = await data.Failures.AskAsync(period, filter, platform, stop);
        var passes = runs.Where(Asked).Where(run => run.Conclusion == "success").ToList();
        Assert.Equal(
            (failed.Count, failed.Count(f => passes.Exists(p => (p.Repository, p.Workflow, p.Sha) == (f.Repository, f.Workflow, f.Sha) && p.At > f.At))),
            (failures.Failed, failures.Flaky));
        Assert.Equal(failed.Sum(f => f.Lasted ?? 0) * 60, failures.Seconds, 1e-3);
    }

    private static bool HasFailed(RunSpec run) => run.Conclusion is "failure" or "timed_out" or "startup_failure";

    private static IEnumerable<RunSpec> Runs(Random random)
    {
        for (var run = 1; run <= random.Next(1, 60); run++)
        {
            var at = random.Next(-2 * 1440, 16 * 1440);
            var (workflow, repository, sha) = (random.Next(2) == 0 ? "ios-build" : "android-build", random.Next(2) == 0 ? "app" : "kit", $"{random.Next(6)}");
            for (var attempt = 1; attempt <= random.Next(1, 4); attempt++)
            {
                var conclusion = Conclusions[random.Next(Conclusions.Length)];
                yield return new RunSpec(at, run, conclusion, conclusion is "success" or "failure" or "timed_out" && random.Next(8) > 0 ? random.Next(1, 90) : null, attempt, workflow, repository, sha);
                at += random.Next(5, 900);
            }
        }
    }

    private static void Same(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } value) Assert.Equal(value, actual!.Value, 1e-6 * Math.Max(1, value));
    }
}
