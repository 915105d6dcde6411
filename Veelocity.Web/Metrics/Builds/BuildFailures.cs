using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>
/// What makes mobile builds fail, and what does it cost? Failed attempts by cause, the first failed job and step, timed out or startup
/// failure (M32); those that were flaky, because the same workflow passed later on the same commit; and the time they ran, first job started
/// to last job completed. By the time the attempt was asked for. Source: the builds that Linking derived from runs and jobs.
/// </summary>
public sealed class BuildFailures(AskedBuilds asked)
{
    private const string UnknownJob = "Not known";

    /// <param name="Job">Null where it is not about a job.</param>
    public sealed record Cause(BuildFailure Failure, string? Job, string? Step, long Count, long Flaky)
    {
        internal static Cause Of(BuildFailure failure, string? job, string? step) => failure switch
        {
            BuildFailure.Startup => new(failure, null, null, 0, 0),
            BuildFailure.TimedOut => new(failure, job, null, 0, 0),
            _ => new(failure, job ?? UnknownJob, step, 0, 0),
        };
    }

    /// <param name="Seconds">Time spent on failed attempts, of those whose jobs are known.</param>
    /// <param name="AllSeconds">Time spent on all attempts that succeeded or failed.</param>
    /// <param name="Unknown">Failed attempts whose time is not known.</param>
    public sealed record Answer(long Failed, long Flaky, double Seconds, double AllSeconds, long Unknown, double PreviousSeconds, IReadOnlyList<Cause> Causes);

    public async Task<Answer> AskAsync(Period period, Filter filter, BuildPlatform? platform, CancellationToken cancellation)
    {
        var builds = await asked.OfAsync(filter, cancellation);
        var completed = builds.In(period.Span, platform).Where(build => build.IsCompleted).ToList();
        var failed = completed.Where(build => build.Outcome == BuildOutcome.Failed).ToList();
        return new Answer(
            failed.Count, failed.LongCount(build => build.IsFlaky), failed.Sum(build => build.Duration ?? 0), completed.Sum(build => build.Duration ?? 0),
            failed.LongCount(build => build.Duration is null && build.Cause?.Failure != BuildFailure.Startup),
            builds.In(period.Previous().Span, platform).Where(build => build.Outcome == BuildOutcome.Failed).Sum(build => build.Duration ?? 0),
            [.. failed.GroupBy(build => build.Cause!)
                .Select(same => same.Key with { Count = same.LongCount(), Flaky = same.LongCount(build => build.IsFlaky) })
                .OrderByDescending(cause => cause.Count).ThenBy(cause => cause.Failure).ThenBy(cause => cause.Job, StringComparer.Ordinal).ThenBy(cause => cause.Step, StringComparer.Ordinal)]);
    }
}
