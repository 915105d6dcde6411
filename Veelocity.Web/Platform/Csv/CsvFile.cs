using CsvHelper;

namespace Veelocity.Web.Platform.Csv;

/// <summary>A list as a file for a spreadsheet; texts come from outside, so nothing in it can act as a formula.</summary>
internal static class CsvFile
{
    public const string MediaType = "text/csv";

    /// <summary>As precise as the API's JSON.</summary>
    public const string Instant = "yyyy-MM-ddTHH:mm:ss.FFFFFFZ";

    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape, TrueValue = "true", FalseValue = "false" };

    public static async Task<byte[]> OfAsync<TRow>(IEnumerable<TRow> rows, CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        await using (var csv = CsvWriter.Create(stream, Options, leaveOpen: true))
            await csv.WriteRecordsAsync(rows, cancellation);
        return stream.ToArray();
    }
}
