using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace Veelocity.Web.Pages.Dora;

/// <summary>A list as a file for a spreadsheet; titles come from outside, so nothing in it can act as a formula.</summary>
internal static class CsvFile
{
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape,
        NewLine = "\r\n",
    };

    public static async Task<FileContentResult> OfAsync<TRow>(string name, IEnumerable<TRow> rows, CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        await using (var text = new StreamWriter(stream, leaveOpen: true))
        await using (var csv = new CsvWriter(text, Configuration))
        {
            csv.Context.TypeConverterOptionsCache.GetOptions<DateTimeOffset>().Formats = ["yyyy-MM-ddTHH:mm:ssZ"];
            csv.Context.TypeConverterOptionsCache.GetOptions<DateTimeOffset?>().Formats = ["yyyy-MM-ddTHH:mm:ssZ"];
            await csv.WriteRecordsAsync(rows, cancellation);
        }
        return new FileContentResult(stream.ToArray(), "text/csv; charset=utf-8") { FileDownloadName = name + ".csv" };
    }
}
