using Microsoft.AspNetCore.WebUtilities;

namespace Veelocity.Web.Pages.Shared;

/// <summary>What the sidebar leads to; a new part of the product is one line here.</summary>
/// <param name="Path">Under the organization's address.</param>
/// <param name="KeepsFilter">The period, repository and clock chosen on one such page stay chosen on the next.</param>
internal sealed record Navigation(string Name, string Icon, string Path, bool KeepsFilter)
{
    public static readonly IReadOnlyList<Navigation> All =
    [
        new("Dashboard", "layout-dashboard", "", KeepsFilter: true),
        new("DORA Metrics", "gauge", "/dora", KeepsFilter: true),
        new("Incidents", "alert-triangle", "/incidents", KeepsFilter: true),
        new("Settings", "settings", "/settings", KeepsFilter: false),
    ];

    private static readonly string[] FilterKeys = ["period", "from", "to", "repo", "clock"];

    /// <summary>Whether this is a page of numbers, which the period and repository filter belongs to.</summary>
    public static bool ShowsNumbers(string slug, HttpRequest request) => All.Any(place => place.KeepsFilter && place.IsCurrent(slug, request));

    public string AddressIn(string slug, HttpRequest request)
    {
        var address = $"{request.PathBase}/o/{slug}{Path}";
        if (!KeepsFilter) return address;
        var kept = FilterKeys.Where(key => !string.IsNullOrEmpty(request.Query[key]))
            .Select(key => KeyValuePair.Create(key, (string?)request.Query[key].ToString()));
        return QueryHelpers.AddQueryString(address, kept);
    }

    public bool IsCurrent(string slug, HttpRequest request)
    {
        // An error page has an address of its own.
        if (!request.Path.StartsWithSegments($"/o/{slug}", StringComparison.OrdinalIgnoreCase, out var within)) return false;
        var rest = within.Value!.TrimEnd('/');
        return Path.Length == 0 ? rest.Length == 0 : rest == Path || rest.StartsWith(Path + "/", StringComparison.Ordinal);
    }
}
