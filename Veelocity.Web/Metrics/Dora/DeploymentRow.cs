using CsvHelper;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>A deployment as a line of the downloaded file.</summary>
[CsvRecord]
internal sealed partial record DeploymentRow(
    [CsvColumn("finished_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset FinishedAt,
    [CsvColumn("repository")] string Repository,
    [CsvColumn("service")] string Service,
    [CsvColumn("environment")] string Environment,
    [CsvColumn("title")] string Title,
    [CsvColumn("commit")] string? Sha,
    [CsvColumn("outcome")] string Outcome,
    [CsvColumn("is_release")] bool IsRelease,
    [CsvColumn("is_rollback")] bool IsRollback,
    [CsvColumn("changes")] int Changes,
    [CsvColumn("failed_by")] string? FailedBy,
    [CsvColumn("failure_reasons")] string FailureReasons,
    [CsvColumn("rework")] string? Rework,
    [CsvColumn("left_out")] string? LeftOut,
    [CsvColumn("url")] string Url)
{
    public static DeploymentRow Of(DeploymentItems.Item item) => new(
        item.FinishedAt.ToUniversalTime(), item.Repository, item.Service, item.Environment, item.Title, item.Sha,
        item.Outcome == DeploymentOutcome.Succeeded ? "succeeded" : "failed", item.IsRelease, item.IsRollback, item.Changes,
        item.FailedBy is { } failure ? SnakeCaseEnum<ChangeFailure>.ToText(failure) : null,
        string.Join(' ', item.FailureReasons),
        item.Rework is { } rework ? SnakeCaseEnum<Data.Rework>.ToText(rework) : null,
        item.LeftOut is { } reason ? SnakeCaseEnum<LeftOut>.ToText(reason) : null, item.Url);
}
