using System.Text.Json;
using CsvHelper;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Organizations.Audit;

/// <summary>An entry as a line of a CSV file.</summary>
[CsvRecord]
internal sealed partial record AuditRow(
    [CsvColumn("number")] long Number,
    [CsvColumn("at"), CsvFormat(CsvFile.Instant)] DateTimeOffset At,
    [CsvColumn("actor")] string Actor,
    [CsvColumn("action")] string Action,
    [CsvColumn("subject")] string Subject,
    [CsvColumn("detail")] string? Detail,
    [CsvColumn("channel")] string Channel,
    [CsvColumn("address")] string? Address,
    [CsvColumn("hash")] string Hash)
{
    public static AuditRow Of(AuditEntry entry) => new(
        entry.Number, entry.At, entry.Actor, Word(entry.Action), entry.Subject, entry.Detail, Word(entry.Channel), entry.Address?.ToString(), Convert.ToHexStringLower(entry.Hash));

    private static string Word<TWord>(TWord word) where TWord : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());
}
