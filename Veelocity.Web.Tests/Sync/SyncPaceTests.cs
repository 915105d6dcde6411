using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Sync;

public sealed class SyncPaceTests
{
    [Fact]
    public void Nothing_is_said_before_there_is_something_to_tell()
    {
        var run = Started();
        run.Advance("Pull requests", 50, 1_000, 0, Sample.At.AddSeconds(1));
        Assert.Null(run.ItemsPerSecond(Sample.At.AddSeconds(1)));
        Assert.Null(run.SecondsLeft(Sample.At.AddSeconds(1)));
    }

    [Fact]
    public void A_steady_pace_gives_the_time_left()
    {
        var run = Started();
        for (var second = 1; second <= 20; second++) run.Advance("Pull requests", second * 10, 1_000, 0, Sample.At.AddSeconds(second));
        Assert.Equal(10, run.ItemsPerSecond(Sample.At.AddSeconds(20))!.Value, 3);
        Assert.Equal(80, run.SecondsLeft(Sample.At.AddSeconds(20))!.Value, 3);
    }

    [Fact]
    public void What_was_fast_long_ago_is_forgotten()
    {
        var run = Started();
        for (var second = 1; second <= 10; second++) run.Advance("Repositories", second * 1_000, 20_000, 0, Sample.At.AddSeconds(second));
        for (var second = 11; second <= 160; second++) run.Advance("Pull requests", 10_000 + second - 10, 20_000, 0, Sample.At.AddSeconds(second));
        Assert.InRange(run.ItemsPerSecond(Sample.At.AddSeconds(160))!.Value, 1, 10);
    }

    [Fact]
    public void A_run_that_stands_still_slows_down_and_then_says_nothing()
    {
        var run = Started();
        for (var second = 1; second <= 20; second++) run.Advance("Pull requests", second, 1_000, 0, Sample.At.AddSeconds(second));
        Assert.InRange(run.ItemsPerSecond(Sample.At.AddSeconds(60))!.Value, 0.1, 0.5);
        Assert.Null(run.ItemsPerSecond(Sample.At.AddMinutes(15)));
    }

    [Fact]
    public void A_run_that_waits_or_has_ended_has_no_pace()
    {
        var run = Started();
        run.Advance("Pull requests", 100, 1_000, 0, Sample.At.AddSeconds(10));
        run.Park(Sample.At.AddHours(1), "Too many requests.");
        Assert.Null(run.SecondsLeft(Sample.At.AddSeconds(11)));
        run.Start(Sample.At.AddHours(1));
        Assert.Null(run.ItemsPerSecond(Sample.At.AddHours(1).AddSeconds(1)));
    }

    private static SyncRun Started()
    {
        var run = new SyncRun { Connector = "github" };
        run.Start(Sample.At);
        return run;
    }
}
