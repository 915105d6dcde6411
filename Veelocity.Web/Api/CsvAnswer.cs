using Microsoft.Net.Http.Headers;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Api;

/// <summary>Answers the same rows as CSV to callers that prefer it, as JSON to all others.</summary>
internal static class CsvAnswer
{
    private const string Json = "application/json";

    public static bool WantsCsv(this HttpRequest request) =>
        Weight(request, CsvFile.MediaType) is > 0 and var csv && csv >= Weight(request, Json);

    /// <summary>Whether JSON would not do.</summary>
    public static bool TakesOnlyCsv(this HttpRequest request) =>
        Weight(request, CsvFile.MediaType) > 0 && Weight(request, Json) == 0;

    public static async Task<IResult> OfAsync<TRow>(string name, IEnumerable<TRow> rows, CancellationToken cancellation) =>
        Results.File(await CsvFile.OfAsync(rows, cancellation), CsvFile.MediaType + "; charset=utf-8", name + ".csv");

    /// <summary>How much the caller wants this type; a wildcard wants JSON only.</summary>
    private static double Weight(HttpRequest request, string type)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var named = accepted.Where(a => a.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count > 0) return named.Max(Quality);
        var wild = accepted.Where(a => a.MatchesAllTypes || a.MatchesAllSubTypes && a.Type == "application");
        return type == CsvFile.MediaType ? 0 : wild.Select(Quality).DefaultIfEmpty(0).Max();
    }

    private static double Quality(MediaTypeHeaderValue accepted) => accepted.Quality ?? 1;
}
