using Microsoft.Net.Http.Headers;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Api;

/// <summary>Answers the same rows as CSV to callers that prefer it, as JSON to all others.</summary>
internal static class CsvAnswer
{
    public static bool WantsCsv(this HttpRequest request) => Weight(request, CsvFile.MediaType) is > 0 and var csv && csv >= Weight(request, "application/json");

    /// <summary>Whether JSON would not do.</summary>
    public static bool TakesOnlyCsv(this HttpRequest request) => Weight(request, CsvFile.MediaType) > 0 && Weight(request, "application/json") == 0;

    public static async Task<IResult> OfAsync<TRow>(string name, IEnumerable<TRow> rows, CancellationToken cancellation) =>
        Results.File(await CsvFile.OfAsync(rows, cancellation), CsvFile.MediaType + "; charset=utf-8", name + ".csv");

    /// <summary>How much the caller wants this type; a wildcard wants JSON only.</summary>
    private static double Weight(HttpRequest request, string type)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var named = accepted.Where(a => a.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(Quality).DefaultIfEmpty(-1).Max();
        if (named >= 0) return named;
        return type == CsvFile.MediaType ? 0 : accepted.Where(a => a.MatchesAllTypes || a.MatchesAllSubTypes && a.Type == "application").Select(Quality).DefaultIfEmpty(0).Max();
    }

    private static double Quality(MediaTypeHeaderValue accepted) => accepted.Quality ?? 1;
}
