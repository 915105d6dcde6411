using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Builds;

/// <summary>A workflow that builds for mobile platforms, and every known attempt of its runs.</summary>
internal sealed record MobileWorkflow(Guid Id, MobilePlatforms Platforms, IReadOnlyList<WorkflowJobWords> Jobs, IReadOnlyList<AttemptFacts> Attempts);

/// <param name="CreatedAt">When its run was created, the same for every attempt.</param>
internal sealed record AttemptFacts(
    Guid Id,
    long RunExternalId,
    int Attempt,
    string HeadSha,
    string Status,
    string? Conclusion,
    DateTimeOffset CreatedAt,
    DateTimeOffset StartedAt,
    DateTimeOffset? CompletedAt,
    IReadOnlyList<JobFacts> Jobs);

internal sealed record JobFacts(
    long ExternalId, string Name, string? Conclusion, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, string? FailedStep)
{
    /// <summary>A runner took it.</summary>
    public bool Ran => StartedAt is not null && Conclusion != "skipped";

    public bool HasFailed => Conclusion is "failure" or "timed_out" or "startup_failure";
}
