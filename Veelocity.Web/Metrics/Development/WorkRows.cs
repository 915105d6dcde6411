using CsvHelper;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Metrics.Development;

/// <summary>A pull request behind a development metric, as a line of the downloaded file.</summary>
[CsvRecord]
internal sealed partial record PullRow(
    [CsvColumn("repository")] string Repository,
    [CsvColumn("number")] int Number,
    [CsvColumn("title")] string Title,
    [CsvColumn("author")] string? Author,
    [CsvColumn("created_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset CreatedAt,
    [CsvColumn("ready_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? ReadyAt,
    [CsvColumn("first_review_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? FirstReviewAt,
    [CsvColumn("merged_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? MergedAt,
    [CsvColumn("closed_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? ClosedAt,
    [CsvColumn("seconds")] double? Seconds,
    [CsvColumn("revert")] bool IsRevert,
    [CsvColumn("left_out")] string? LeftOut,
    [CsvColumn("url")] string Url)
{
    public static PullRow Of(PullItem item) => new(
        item.Repository, item.Number, item.Title, item.Author, item.CreatedAt.ToUniversalTime(), item.ReadyAt?.ToUniversalTime(), item.FirstReviewAt?.ToUniversalTime(),
        item.MergedAt?.ToUniversalTime(), item.ClosedAt?.ToUniversalTime(), item.Seconds, item.IsRevert, item.LeftOut is { } reason ? WorkReasons.NameOf(reason) : null, item.Url);
}

/// <summary>An issue behind a development metric, as a line of the downloaded file.</summary>
[CsvRecord]
internal sealed partial record IssueRow(
    [CsvColumn("identifier")] string Identifier,
    [CsvColumn("title")] string Title,
    [CsvColumn("state")] string State,
    [CsvColumn("assignee")] string? Assignee,
    [CsvColumn("created_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset CreatedAt,
    [CsvColumn("started_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? StartedAt,
    [CsvColumn("completed_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? CompletedAt,
    [CsvColumn("last_merged_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? DeliveredAt,
    [CsvColumn("pull_requests")] long PullRequests,
    [CsvColumn("seconds")] double? Seconds,
    [CsvColumn("left_out")] string? LeftOut,
    [CsvColumn("url")] string Url)
{
    public static IssueRow Of(IssueItem item) => new(
        item.Identifier, item.Title, item.State, item.Assignee, item.CreatedAt.ToUniversalTime(), item.FirstStartedAt?.ToUniversalTime(),
        item.LastCompletedAt?.ToUniversalTime(), item.DeliveredAt?.ToUniversalTime(), item.PullRequests, item.Seconds,
        item.LeftOut is { } reason ? WorkReasons.NameOf(reason) : null, item.Url);
}
