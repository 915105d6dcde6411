using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Api;

/// <summary>Answers the same rows as CSV to callers that accept it, as JSON to all others.</summary>
internal static class CsvAnswer
{
    public static bool WantsCsv(this HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(CsvFile.MediaType, StringComparison.OrdinalIgnoreCase)
            && accepted.Quality is null or > 0);

    public static async Task<IResult> OfAsync<TRow>(string name, IEnumerable<TRow> rows, CancellationToken cancellation) =>
        Results.File(await CsvFile.OfAsync(rows, cancellation), CsvFile.MediaType + "; charset=utf-8", name + ".csv");
}
