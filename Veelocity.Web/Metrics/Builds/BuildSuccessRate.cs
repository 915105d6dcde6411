using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>
/// How many mobile builds succeed? Succeeded ÷ (succeeded + failed) of completed runs, by platform (M32), a fraction between 0 and 1: eventual (any
/// attempt succeeded) is the headline; per attempt and at the first try stand beside it. Cancelled, skipped and running ones are in neither. Null
/// without any (M3). Runs by when they were created, attempts by when they were started (M34). Source: the builds that Linking derived from runs and jobs.
/// </summary>
public sealed class BuildSuccessRate(AskedBuilds asked)
{
    public sealed record Ratio(long Succeeded, long Failed)
    {
        public long Total => Succeeded + Failed;
        public double? Value => Total == 0 ? null : (double)Succeeded / Total;
    }

    /// <param name="Eventual">Of runs: any attempt succeeded.</param>
    /// <param name="FirstTry">Of runs: the first attempt succeeded.</param>
    /// <param name="PerAttempt">Of attempts.</param>
    /// <param name="Undecided">Runs that neither succeeded nor failed.</param>
    public sealed record Rates(Ratio Eventual, Ratio FirstTry, Ratio PerAttempt, long Undecided);

    /// <param name="LeftOut">Runs that neither succeeded nor failed.</param>
    public sealed record Answer(Rates Now, Rates Previous, Trend Trend, long LeftOut);

    public sealed record Group(string Key, string Label, DateOnly? Start, Rates Rates, bool IsPartial);

    /// <param name="platform">Null for both; a run that builds for both counts for each.</param>
    public async Task<Answer> AskAsync(Period period, Filter filter, BuildPlatform? platform, CancellationToken cancellation)
    {
        var builds = await asked.OfAsync(filter, cancellation);
        var (now, before) = (RatesIn(period.Span), RatesIn(period.Previous().Span));
        return new Answer(now, before, Trend.Of(now.Eventual.Value, now.Eventual.Total, before.Eventual.Value, before.Eventual.Total), now.Undecided);

        Rates RatesIn(Instants span) => RatesOf(builds.In(span, platform), builds.RunsIn(span, platform));
    }

    /// <summary>By day, week or month; a bucket without completed runs is a gap (M3).</summary>
    public async Task<IReadOnlyList<Group>> ByTimeAsync(Period period, Filter filter, BuildPlatform? platform, Grouping grouping, CancellationToken cancellation)
    {
        var builds = await asked.OfAsync(filter, cancellation);
        return [.. period.Buckets(grouping).Select(bucket =>
            new Group(bucket.Key, bucket.Key, bucket.Start, RatesOf(builds.In(bucket.Span, platform), builds.RunsIn(bucket.Span, platform)), bucket.IsPartial))];
    }

    /// <summary>By repository, the lowest rate first.</summary>
    public async Task<IReadOnlyList<Group>> ByRepositoryAsync(Period period, Filter filter, BuildPlatform? platform, CancellationToken cancellation)
    {
        var builds = await asked.OfAsync(filter, cancellation);
        return [.. builds.ByRepository(period.Span, platform)
            .Select(each => (each.Repository, Rates: RatesOf(each.Attempts, each.Runs)))
            .Where(each => each.Rates.PerAttempt.Total > 0 || each.Rates.Eventual.Total > 0)
            .OrderBy(each => each.Rates.Eventual.Value ?? 2).ThenByDescending(each => each.Rates.Eventual.Total).ThenBy(each => each.Repository.Name, StringComparer.Ordinal)
            .Select(each => new Group(each.Repository.Id.ToString(), each.Repository.Name, null, each.Rates, IsPartial: false))];
    }

    private static Rates RatesOf(IEnumerable<BuildTimes> attempts, IEnumerable<BuildTimes> runs)
    {
        long eventualGood = 0, eventualBad = 0, firstGood = 0, firstBad = 0, good = 0, bad = 0, undecided = 0;
        foreach (var attempt in attempts) Add(attempt.Outcome, ref good, ref bad);
        foreach (var run in runs)
        {
            Add(run.Eventual, ref eventualGood, ref eventualBad);
            if (run.Eventual is not (BuildOutcome.Succeeded or BuildOutcome.Failed)) undecided++;
            // Of a run whose first attempts the provider has forgotten nobody knows how the first one ended.
            if (run.Attempt == 1) Add(run.Outcome, ref firstGood, ref firstBad);
        }
        return new(new(eventualGood, eventualBad), new(firstGood, firstBad), new(good, bad), undecided);

        static void Add(BuildOutcome outcome, ref long good, ref long bad)
        {
            if (outcome == BuildOutcome.Succeeded) good++;
            else if (outcome == BuildOutcome.Failed) bad++;
        }
    }
}
