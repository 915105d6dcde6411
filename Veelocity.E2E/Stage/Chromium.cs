using Microsoft.Playwright;

namespace Veelocity.E2E.Stage;

/// <summary>The browser: the one of VEELOCITY_CHROMIUM, otherwise the first on PATH; nothing is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Find(),
        Args =
        [
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
            .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
        ],
    });

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("VEELOCITY_CHROMIUM") is { Length: > 0 } given) return given;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"No Chromium: install one of {string.Join(", ", Names)}, or name it in VEELOCITY_CHROMIUM.");
    }
}
