using CsvHelper;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>A pull request as a line of the downloaded file; durations in seconds.</summary>
[CsvRecord]
internal sealed partial record ChangeRow(
    [CsvColumn("repository")] string Repository,
    [CsvColumn("number")] int Number,
    [CsvColumn("title")] string Title,
    [CsvColumn("author")] string? Author,
    [CsvColumn("first_commit_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? FirstCommitAt,
    [CsvColumn("merged_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset MergedAt,
    [CsvColumn("deployed_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? DeployedAt,
    [CsvColumn("lead_seconds")] double? LeadSeconds,
    [CsvColumn("coding_seconds")] double? CodingSeconds,
    [CsvColumn("pickup_seconds")] double? PickupSeconds,
    [CsvColumn("review_seconds")] double? ReviewSeconds,
    [CsvColumn("merge_seconds")] double? MergeSeconds,
    [CsvColumn("deploy_seconds")] double? DeploySeconds,
    [CsvColumn("left_out")] string? LeftOut,
    [CsvColumn("url")] string Url)
{
    public static ChangeRow Of(ChangeItems.Item item) => new(
        item.Repository, item.Number, item.Title, item.Author, item.FirstCommitAt?.ToUniversalTime(), item.MergedAt.ToUniversalTime(),
        item.DeployedAt?.ToUniversalTime(), item.LeadSeconds, item.CodingSeconds, item.PickupSeconds, item.ReviewSeconds, item.MergeSeconds,
        item.DeploySeconds, item.LeftOut is { } reason ? Reasons.Of(reason) : null, item.Url);
}
