using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Columns;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>
/// How long does a mobile build take? Last job completed − first job started of the attempts that succeeded, in seconds (M33): mean, median and 90th
/// percentile, exact (M2); queue time (asked for → first job started) of the same attempts apart. Null without any (M3). By the time the
/// attempt was asked for. Source: the builds that Linking derived from runs and jobs.
/// </summary>
public sealed class BuildDuration(AskedBuilds asked)
{
    public sealed record Seconds(long Count, double? Mean, double? Median, double? P90);

    /// <param name="Unknown">Successes whose jobs are not known: not in it.</param>
    public sealed record Answer(Seconds Value, Seconds Queue, Seconds Previous, Trend Trend, long Unknown);

    public sealed record Group(string Key, string Label, DateOnly? Start, Seconds Value, Seconds Queue, bool IsPartial);

    public async Task<Answer> AskAsync(Period period, Filter filter, BuildPlatform? platform, CancellationToken cancellation)
    {
        var builds = await asked.OfAsync(filter, cancellation);
        var successes = builds.In(period.Span, platform).Where(build => build.Outcome == BuildOutcome.Succeeded).ToList();
        var (now, before) = (Of(successes, build => build.Duration), Of(builds.In(period.Previous().Span, platform), build => build.Duration));
        return new Answer(
            now, Of(successes, build => build.Queue), before, Trend.Of(now.Mean, now.Count, before.Mean, before.Count),
            successes.LongCount(build => build.Duration is null));
    }

    /// <summary>By day, week or month; a bucket without successes is a gap (M3).</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(Period period, Filter filter, BuildPlatform? platform, Grouping grouping, CancellationToken cancellation)
    {
        var builds = await asked.OfAsync(filter, cancellation);
        return [.. period.Buckets(grouping).Select(bucket => Of(bucket.Key, bucket.Key, bucket.Start, [.. builds.In(bucket.Span, platform)], bucket.IsPartial))];
    }

    /// <summary>By repository, the slowest median first.</summary>
    public async Task<IReadOnlyList<Group>> ByRepositoryAsync(Period period, Filter filter, BuildPlatform? platform, CancellationToken cancellation)
    {
        var builds = await asked.OfAsync(filter, cancellation);
        return [.. builds.ByRepository(period.Span, platform)
            .Select(each => Of(each.Repository.Id.ToString(), each.Repository.Name, null, each.Attempts, isPartial: false))
            .Where(group => group.Value.Count > 0)
            .OrderByDescending(group => group.Value.Median).ThenBy(group => group.Label, StringComparer.Ordinal)];
    }

    private static Group Of(string key, string label, DateOnly? start, IReadOnlyList<BuildTimes> builds, bool isPartial) =>
        new(key, label, start, Of(builds, build => build.Duration), Of(builds, build => build.Queue), isPartial);

    private static Seconds Of(IEnumerable<BuildTimes> builds, Func<BuildTimes, double?> secondsOf)
    {
        using var sample = new Sample();
        foreach (var build in builds)
        {
            if (build.Outcome == BuildOutcome.Succeeded && secondsOf(build) is { } seconds) sample.Add(seconds);
        }
        var found = sample.Percentiles([0.5, 0.9]);
        return new(sample.Count, sample.Mean, found[0], found[1]);
    }
}
