using CsvHelper;
using Veelocity.Web.Metrics.Planning;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Pages.Planning;

/// <summary>An issue as a line of a file.</summary>
[CsvRecord]
internal sealed partial record IssueRow(
    [CsvColumn("issue")] string Issue,
    [CsvColumn("title")] string Title,
    [CsvColumn("state")] string State,
    [CsvColumn("assignee")] string? Assignee,
    [CsvColumn("estimate")] double? Estimate,
    [CsvColumn("created_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset CreatedAt,
    [CsvColumn("started_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? StartedAt,
    [CsvColumn("completed_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? CompletedAt,
    [CsvColumn("pull_requests")] int PullRequests,
    [CsvColumn("added_after_start")] bool AddedAfterStart,
    [CsvColumn("url")] string Url)
{
    public static IssueRow Of(PlannedIssues.Item i) => new(
        i.Identifier, i.Title, i.StateName, i.Assignee, i.Estimate, i.CreatedAt, i.StartedAt, i.CompletedAt, i.PullRequests, i.IsAddedLate, i.Url);
}
