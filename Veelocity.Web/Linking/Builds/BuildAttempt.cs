using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Builds;

/// <summary>An attempt on one platform: what came of it, how long it took and waited, and what failed first (M32, M33).</summary>
internal sealed record BuildAttempt(AttemptFacts Of, BuildPlatform Platform, BuildOutcome Outcome, BuildFailure? Failure, JobFacts? FirstFailed, double? Duration, double? Queue)
{
    /// <param name="own">The jobs that are this platform's; null when the run is one build as a whole.</param>
    public static BuildAttempt From(AttemptFacts attempt, BuildPlatform platform, IReadOnlyList<JobFacts>? own)
    {
        var outcome = OutcomeOf(attempt, own);
        var jobs = own ?? attempt.Jobs;
        // Whoever runs only the failed jobs again keeps the others, which come with their old times.
        var ran = jobs.Where(job => job.Ran && IsOfThis(job, attempt)).ToList();
        var failed = jobs.Where(job => job.HasFailed).OrderBy(job => job.CompletedAt).ThenBy(job => job.ExternalId).FirstOrDefault();
        return new(
            attempt, platform, outcome,
            outcome != BuildOutcome.Failed ? null : FailureOf(attempt, failed),
            outcome != BuildOutcome.Failed ? null : failed,
            outcome != BuildOutcome.Running && ran.Count > 0 && ran.TrueForAll(job => job.CompletedAt is not null)
                ? Seconds(ran.Min(job => job.StartedAt)!.Value, ran.Max(job => job.CompletedAt)!.Value) : null,
            ran.Min(job => job.StartedAt) is { } began ? Seconds(attempt.StartedAt, began) : null);
    }

    private static BuildOutcome OutcomeOf(AttemptFacts attempt, IReadOnlyList<JobFacts>? own) => attempt switch
    {
        { Status: not "completed" } => BuildOutcome.Running,
        { Conclusion: "success" } => own is null || own.Any(job => job.Ran) ? BuildOutcome.Succeeded : BuildOutcome.Skipped,
        _ when own is not null =>
            own.Any(job => job.HasFailed) ? BuildOutcome.Failed
            : own.Any(job => job.Conclusion == "cancelled") ? BuildOutcome.Cancelled
            : own.Any(job => job.Conclusion == "success") ? BuildOutcome.Succeeded
            : BuildOutcome.Skipped,
        { Conclusion: "failure" or "timed_out" or "startup_failure" } => BuildOutcome.Failed,
        { Conclusion: "cancelled" } => BuildOutcome.Cancelled,
        _ => BuildOutcome.Skipped,
    };

    private static BuildFailure FailureOf(AttemptFacts attempt, JobFacts? failed) =>
        attempt.Conclusion == "startup_failure" ? BuildFailure.Startup
        : attempt.Conclusion == "timed_out" || failed?.Conclusion == "timed_out" ? BuildFailure.TimedOut
        : BuildFailure.Step;

    private static bool IsOfThis(JobFacts job, AttemptFacts attempt) => attempt.Attempt == 1 || job.StartedAt >= attempt.StartedAt.AddSeconds(-5);

    private static double Seconds(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, (to - from).TotalSeconds); // M6
}
