using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>
/// How often are mobile builds run? Runs by the time they were created (M34), whatever came of them; a re-run belongs to its run, and what was
/// skipped was no run. A true 0 when nothing ran. A run that builds for both platforms counts for each. Source: the builds that
/// Linking derived from runs and jobs.
/// </summary>
public sealed class BuildFrequency(AskedBuilds asked, FirstData firstData)
{
    /// <param name="Today">Runs asked for on the day that it is now in the organization's time zone.</param>
    /// <param name="PerDay">Runs ÷ elapsed days; null when no repository existed yet (M5).</param>
    public sealed record Answer(
        long Total, double? PerDay, long Attempts, long Today, long Yesterday, long PreviousTotal, double? Previous, Trend Trend);

    public sealed record Group(string Key, string Label, DateOnly? Start, long Succeeded, long Failed, long Others, bool IsPartial)
    {
        public long Count => Succeeded + Failed + Others;
    }

    /// <param name="now">What "today" means.</param>
    public async Task<Answer> AskAsync(Period period, Filter filter, BuildPlatform? platform, DateTimeOffset now, CancellationToken cancellation)
    {
        var builds = await asked.OfAsync(filter, cancellation);
        var first = await firstData.AskAsync(filter, cancellation);
        var previous = period.Previous();
        var (total, before) = (CountOf(period.Span), CountOf(previous.Span));
        var (perDay, perDayBefore) = (total / period.ElapsedDays(first), before / previous.ElapsedDays(first));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, period.Zone).DateTime);
        return new Answer(
            total, perDay, builds.In(period.Span, platform).LongCount(build => build.Outcome != BuildOutcome.Skipped),
            CountOf(new(period.StartOf(today), period.StartOf(today.AddDays(1)))), CountOf(new(period.StartOf(today.AddDays(-1)), period.StartOf(today))),
            before, perDayBefore, Trend.Of(perDay, total, perDayBefore, before));

        long CountOf(Instants span) => builds.RunsIn(span, platform).LongCount(IsRun);
    }

    /// <summary>By day, week or month; empty buckets are a true 0.</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(Period period, Filter filter, BuildPlatform? platform, Grouping grouping, CancellationToken cancellation)
    {
        var builds = await asked.OfAsync(filter, cancellation);
        return [.. period.Buckets(grouping).Select(bucket => Of(bucket.Key, bucket.Key, bucket.Start, builds.RunsIn(bucket.Span, platform), bucket.IsPartial))];
    }

    /// <summary>By repository, most first.</summary>
    public async Task<IReadOnlyList<Group>> ByRepositoryAsync(Period period, Filter filter, BuildPlatform? platform, CancellationToken cancellation)
    {
        var builds = await asked.OfAsync(filter, cancellation);
        return [.. builds.ByRepository(period.Span, platform)
            .Select(each => Of(each.Repository.Id.ToString(), each.Repository.Name, null, each.Runs, isPartial: false))
            .Where(group => group.Count > 0)
            .OrderByDescending(group => group.Count).ThenBy(group => group.Label, StringComparer.Ordinal)];
    }

    private static bool IsRun(BuildTimes run) => run.Eventual != BuildOutcome.Skipped;

    private static Group Of(string key, string label, DateOnly? start, IEnumerable<BuildTimes> builds, bool isPartial)
    {
        long good = 0, bad = 0, others = 0;
        foreach (var build in builds.Where(IsRun))
        {
            if (build.Eventual == BuildOutcome.Succeeded) good++;
            else if (build.Eventual == BuildOutcome.Failed) bad++;
            else others++;
        }
        return new(key, label, start, good, bad, others, isPartial);
    }
}
