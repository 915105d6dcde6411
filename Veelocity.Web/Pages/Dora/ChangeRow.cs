using CsvHelper.Configuration.Attributes;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Pages.Dora;

/// <summary>A pull request as a line of the downloaded file; durations in seconds.</summary>
internal sealed record ChangeRow(
    [property: Name("repository")] string Repository,
    [property: Name("number")] int Number,
    [property: Name("title")] string Title,
    [property: Name("author")] string? Author,
    [property: Name("first_commit_at")] DateTimeOffset? FirstCommitAt,
    [property: Name("merged_at")] DateTimeOffset MergedAt,
    [property: Name("deployed_at")] DateTimeOffset? DeployedAt,
    [property: Name("lead_seconds")] double? LeadSeconds,
    [property: Name("coding_seconds")] double? CodingSeconds,
    [property: Name("pickup_seconds")] double? PickupSeconds,
    [property: Name("review_seconds")] double? ReviewSeconds,
    [property: Name("merge_seconds")] double? MergeSeconds,
    [property: Name("deploy_seconds")] double? DeploySeconds,
    [property: Name("left_out")] string? LeftOut,
    [property: Name("url")] string Url)
{
    public static ChangeRow Of(ChangeItems.Item item) => new(
        item.Repository, item.Number, item.Title, item.Author, item.FirstCommitAt?.ToUniversalTime(), item.MergedAt.ToUniversalTime(),
        item.DeployedAt?.ToUniversalTime(), item.LeadSeconds, item.CodingSeconds, item.PickupSeconds, item.ReviewSeconds, item.MergeSeconds,
        item.DeploySeconds, item.LeftOut is { } reason ? Reasons.Of(reason) : null, item.Url);
}
