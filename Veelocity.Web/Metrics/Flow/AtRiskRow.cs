using CsvHelper;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Metrics.Flow;

/// <summary>A pull request at risk as a line of the downloaded file; durations in seconds.</summary>
[CsvRecord]
internal sealed partial record AtRiskRow(
    [CsvColumn("repository")] string Repository,
    [CsvColumn("number")] int Number,
    [CsvColumn("title")] string Title,
    [CsvColumn("author")] string? Author,
    [CsvColumn("stage")] string Stage,
    [CsvColumn("since"), CsvFormat(CsvFile.Instant)] DateTimeOffset Since,
    [CsvColumn("seconds")] double Seconds,
    [CsvColumn("usual_p85_seconds")] double? UsualSeconds,
    [CsvColumn("url")] string Url)
{
    public static AtRiskRow Of(ChangesAtRisk.Item item) => new(
        item.Repository, item.Number, item.Title, item.Author, SnakeCaseEnum<ChangeStage>.ToText(item.Stage), item.Since.ToUniversalTime(),
        Math.Round(item.Seconds), item.UsualSeconds, item.Url);
}
