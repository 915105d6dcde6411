using CsvHelper;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>A build as a line of the downloaded file.</summary>
[CsvRecord]
internal sealed partial record BuildRow(
    [CsvColumn("started_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset StartedAt,
    [CsvColumn("finished_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? FinishedAt,
    [CsvColumn("repository")] string Repository,
    [CsvColumn("workflow")] string Workflow,
    [CsvColumn("title")] string Title,
    [CsvColumn("platform")] string Platform,
    [CsvColumn("attempt")] int Attempt,
    [CsvColumn("outcome")] string Outcome,
    [CsvColumn("outcome_of_run")] string Eventual,
    [CsvColumn("branch")] string? Branch,
    [CsvColumn("commit")] string Sha,
    [CsvColumn("duration_seconds")] double? DurationSeconds,
    [CsvColumn("queue_seconds")] double? QueueSeconds,
    [CsvColumn("failure")] string? Failure,
    [CsvColumn("failed_job")] string? FailedJob,
    [CsvColumn("failed_step")] string? FailedStep,
    [CsvColumn("flaky")] bool IsFlaky,
    [CsvColumn("url")] string Url)
{
    public static BuildRow Of(BuildItems.Item item) => new(
        item.StartedAt.ToUniversalTime(), item.FinishedAt?.ToUniversalTime(), item.Repository, item.Workflow, item.Title,
        SnakeCaseEnum<BuildPlatform>.ToText(item.Platform), item.Attempt, SnakeCaseEnum<BuildOutcome>.ToText(item.Outcome),
        SnakeCaseEnum<BuildOutcome>.ToText(item.Eventual), item.Branch, item.Sha, item.DurationSeconds, item.QueueSeconds,
        item.Failure is { } failure ? SnakeCaseEnum<BuildFailure>.ToText(failure) : null, item.FailedJob, item.FailedStep, item.IsFlaky, item.Url);
}
