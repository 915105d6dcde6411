using CsvHelper;
using Microsoft.AspNetCore.Mvc;

namespace Veelocity.Web.Pages.Dora;

/// <summary>A list as a file for a spreadsheet; titles come from outside, so nothing in it can act as a formula.</summary>
internal static class CsvFile
{
    public const string Instant = "yyyy-MM-ddTHH:mm:ssZ";

    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape, TrueValue = "true", FalseValue = "false" };

    public static async Task<FileContentResult> OfAsync<TRow>(string name, IEnumerable<TRow> rows, CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        await using (var csv = CsvWriter.Create(stream, Options, leaveOpen: true))
            await csv.WriteRecordsAsync(rows, cancellation);
        return new FileContentResult(stream.ToArray(), "text/csv; charset=utf-8") { FileDownloadName = name + ".csv" };
    }
}
