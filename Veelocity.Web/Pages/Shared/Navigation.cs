using Microsoft.AspNetCore.WebUtilities;

namespace Veelocity.Web.Pages.Shared;

/// <summary>What the sidebar leads to; a new part of the product is one line here.</summary>
/// <param name="Path">Under the organization's address.</param>
/// <param name="Key">Pressed after <c>g</c>, it leads here.</param>
/// <param name="KeepsFilter">The period, repository, team and clock chosen on one such page stay chosen on the next.</param>
/// <param name="OnPhone">In the bar at the bottom of a phone, which holds four and what leads to the rest.</param>
/// <param name="Also">Pages of single rows that belong to it, under addresses of their own.</param>
internal sealed record Navigation(string Name, string Icon, string Path, char Key, bool KeepsFilter, bool OnPhone = false, params string[] Also)
{
    public static readonly IReadOnlyList<Navigation> All =
    [
        new("Dashboard", "layout-dashboard", "", 'd', KeepsFilter: true, OnPhone: true),
        new("DORA Metrics", "gauge", "/dora", 'm', KeepsFilter: true, OnPhone: true, "/changes", "/deployments", "/at-risk"),
        new("Development", "git-pull-request", "/development", 'v', KeepsFilter: true, OnPhone: true),
        new("Team", "users", "/team", 't', KeepsFilter: true, OnPhone: true, "/developers"),
        new("Builds", "device-mobile", "/builds", 'b', KeepsFilter: true),
        new("Incidents", "alert-triangle", "/incidents", 'i', KeepsFilter: true),
        new("Planning", "calendar-time", "/planning", 'p', KeepsFilter: false, Also: ["/cycles", "/projects", "/issues"]),
        new("Settings", "settings", "/settings", 's', KeepsFilter: false),
    ];

    private static readonly string[] FilterKeys = ["period", "from", "to", "repo", "team", "clock"];

    /// <summary>Whether this is a page of numbers, which the filter of period, repository and team belongs to.</summary>
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
        return Path.Length == 0 ? rest.Length == 0 : Also.Prepend(Path).Any(path => rest == path || rest.StartsWith(path + "/", StringComparison.Ordinal));
    }
}
