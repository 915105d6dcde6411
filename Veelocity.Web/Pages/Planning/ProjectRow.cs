using CsvHelper;
using Veelocity.Web.Metrics.Planning;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Pages.Planning;

/// <summary>A project as a line of a file.</summary>
[CsvRecord]
internal sealed partial record ProjectRow(
    [CsvColumn("project")] string Project,
    [CsvColumn("teams")] string Teams,
    [CsvColumn("state")] string State,
    [CsvColumn("health")] string? Health,
    [CsvColumn("lead")] string? Lead,
    [CsvColumn("start_date")] DateOnly? StartDate,
    [CsvColumn("target_date")] DateOnly? TargetDate,
    [CsvColumn("started_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? StartedAt,
    [CsvColumn("completed_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? CompletedAt,
    [CsvColumn("issues")] int Issues,
    [CsvColumn("completed")] int Completed,
    [CsvColumn("canceled")] int Canceled,
    [CsvColumn("added_after_start")] int? AddedAfterStart,
    [CsvColumn("url")] string Url)
{
    public static ProjectRow Of(Projects.Item p) => new(
        p.Name, string.Join(", ", p.Teams), p.StatusName, p.Health, p.Lead, p.StartDate, p.TargetDate, p.StartedAt, p.CompletedAt, p.Issues, p.Completed, p.Canceled,
        p.AddedAfterStart, p.Url);
}
