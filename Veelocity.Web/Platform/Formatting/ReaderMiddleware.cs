using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Veelocity.Web.Platform.Formatting;

/// <summary>Learns from a page's request how its reader writes: the culture from Accept-Language, the time zone from the cookie that zone.js keeps.</summary>
internal sealed class ReaderMiddleware(RequestDelegate next)
{
    public const string ZoneCookie = "zone";

    private const int MostLanguages = 10;

    private static readonly FrozenDictionary<string, CultureInfo> Known = CultureInfo.GetCultures(CultureTypes.AllCultures)
        .Where(culture => culture.Name.Length > 0).DistinctBy(culture => culture.Name, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(culture => culture.Name, StringComparer.OrdinalIgnoreCase);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null && !IsFile(context.Request))
            Reader.Set(CultureOf(context.Request), ZoneOf(context.Request));
        await next(context);
    }

    /// <summary>The first language that is known, with its country's habits; the invariant culture when there is none.</summary>
    internal static CultureInfo CultureOf(HttpRequest request)
    {
        foreach (var language in request.GetTypedHeaders().AcceptLanguage.Take(MostLanguages).OrderByDescending(language => language.Quality ?? 1))
            if (language.Value.Value is { } name && language.Quality is not 0 && Known.TryGetValue(name, out var culture))
                return culture.IsNeutralCulture ? CultureInfo.CreateSpecificCulture(name) : culture;
        return CultureInfo.InvariantCulture;
    }

    private static TimeZoneInfo? ZoneOf(HttpRequest request) =>
        request.Cookies[ZoneCookie] is { Length: > 0 and <= 64 } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    // Files are read by programs.
    private static bool IsFile(HttpRequest request) => request.Query.ContainsKey("csv") || request.Query["format"] == "csv";
}
