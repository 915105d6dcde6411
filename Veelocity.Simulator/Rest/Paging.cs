using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Veelocity.Simulator.Rest;

/// <summary>Cuts a list to the page asked for and writes the Link header.</summary>
internal static class Paging
{
    private const int Default = 30;
    private const int Most = 100;

    public static List<T> Cut<T>(HttpContext http, IReadOnlyList<T> all, int? cap = null)
    {
        var page = Math.Max(1, Number(http, "page") ?? 1);
        var size = Math.Clamp(Number(http, "per_page") ?? Default, 1, Most);
        var reachable = Math.Min(all.Count, cap ?? int.MaxValue);
        var last = Math.Max(1, (reachable + size - 1) / size);
        var links = new List<string>();
        if (page > 1)
            links.Add(Link(http, Math.Min(page - 1, last), "prev"));
        if (page < last)
            links.Add(Link(http, page + 1, "next") + ", " + Link(http, last, "last"));
        if (page > 1)
            links.Add(Link(http, 1, "first"));
        if (links.Count > 0)
            http.Response.Headers.Link = string.Join(", ", links);
        var from = (long)(page - 1) * size;
        return from >= reachable ? [] : [.. all.Skip((int)from).Take((int)Math.Min(size, reachable - from))];
    }

    private static string Link(HttpContext http, int page, string relation)
    {
        var query = http.Request.Query.Where(pair => pair.Key != "page").Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value.ToString()));
        var address = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{http.Request.Path}";
        return $"<{QueryHelpers.AddQueryString(address, [.. query, KeyValuePair.Create("page", (string?)page.ToString(CultureInfo.InvariantCulture))])}>; rel=\"{relation}\"";
    }

    private static int? Number(HttpContext http, string name) =>
        int.TryParse(http.Request.Query[name], CultureInfo.InvariantCulture, out var number) ? number : null;
}
