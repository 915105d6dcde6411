namespace Veelocity.Web.Pages.Shared;

/// <summary>Light, dark, or whatever the system says; the person's choice is a cookie, so that the first paint is already right.</summary>
internal static class Theme
{
    public static readonly IReadOnlyList<(string Value, string Name, string Icon)> Choices =
        [("system", "System", "device-desktop"), ("light", "Light", "sun"), ("dark", "Dark", "moon")];

    public static string Chosen(HttpRequest request) =>
        request.Cookies["theme"] is "light" or "dark" ? request.Cookies["theme"]! : "system";

    /// <summary>For <c>data-bs-theme</c>: null leaves the attribute out, and the system decides.</summary>
    public static string? Attribute(HttpRequest request) => Chosen(request) is "system" ? null : Chosen(request);
}
