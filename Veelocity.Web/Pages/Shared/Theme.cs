namespace Veelocity.Web.Pages.Shared;

/// <summary>Light, dark, or whatever the system says; the person's choice is a cookie, so that the first paint is already right.</summary>
internal static class Theme
{
    public static readonly IReadOnlyList<(string Value, string Name, string Icon)> Choices =
        [("system", "System", "device-desktop"), ("light", "Light", "sun"), ("dark", "Dark", "moon")];

    public static string Chosen(HttpRequest request) =>
        request.Cookies["theme"] is "light" or "dark" ? request.Cookies["theme"]! : "system";

    /// <summary>The app bar's colours (<c>--surface</c> in tokens.css), which a phone paints around the page.</summary>
    private static readonly IReadOnlyDictionary<string, string> Bar = new Dictionary<string, string> { ["light"] = "#ffffff", ["dark"] = "#172231" };

    /// <summary>For <c>theme-color</c>: by what the system prefers, or the person's choice in both cases.</summary>
    public static IEnumerable<(string Scheme, string Colour)> BarColours(HttpRequest request) =>
        Bar.Select(bar => (bar.Key, Bar.GetValueOrDefault(Chosen(request), bar.Value)));

    /// <summary>For <c>data-bs-theme</c>: null leaves the attribute out, and the system decides.</summary>
    public static string? Attribute(HttpRequest request) => Chosen(request) is "system" ? null : Chosen(request);
}
