using CsvHelper;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>A decision as a line of the downloaded file.</summary>
[CsvRecord]
internal sealed partial record DecisionRow(
    [CsvColumn("decided_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset DecidedAt,
    [CsvColumn("decided_by")] string? DecidedBy,
    [CsvColumn("subject")] string Subject,
    [CsvColumn("title")] string? Title,
    [CsvColumn("context")] string? Context,
    [CsvColumn("verdict")] string Verdict,
    [CsvColumn("reason")] string Reason,
    [CsvColumn("taken_back_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? TakenBackAt,
    [CsvColumn("taken_back_by")] string? TakenBackBy,
    [CsvColumn("url")] string? Url)
{
    public static DecisionRow Of(DecisionList.Item item) => new(
        item.DecidedAt.ToUniversalTime(), item.DecidedBy, SnakeCaseEnum<DecisionSubject>.ToText(item.Subject), item.Title, item.Context,
        SnakeCaseEnum<DecisionVerdict>.ToText(item.Verdict), item.Reason, item.TakenBackAt?.ToUniversalTime(), item.TakenBackBy, item.Url);
}
