using System.Text;
using System.Text.RegularExpressions;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Recordings;

/// <summary>
/// Half of a surrogate pair, which real JSON contains and .NET can neither read nor write: kept as a private character followed by the
/// four digits, and written as the half it was.
/// </summary>
internal static partial class HalfCharacters
{
    private const string Mark = @"\uE000";

    public static bool MayBeIn(string json) => json.Contains(@"\ud", StringComparison.OrdinalIgnoreCase);

    public static string Hide(string json) =>
        MayBeIn(json) ? Escape().Replace(json, found => found.Groups["half"] is { Success: true } half ? Mark + half.Value : found.Value) : json;

    /// <summary>Answers as they were recorded; without such characters nothing is looked at.</summary>
    public static void Show(IApplicationBuilder app, World world) => app.Use(async (http, next) =>
    {
        if (!world.MayHoldHalfCharacters)
        {
            await next(http);
            return;
        }

        var wire = http.Response.Body;
        using var body = new MemoryStream();
        http.Response.Body = body;
        await next(http);
        http.Response.Body = wire;
        var shown = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.ToArray()).Replace(Mark, @"\u", StringComparison.Ordinal));
        if (shown.Length == 0)
            return;
        http.Response.ContentLength = shown.Length;
        await wire.WriteAsync(shown, http.RequestAborted);
    });

    // Every escape is looked at, so that a pair and an escaped backslash stay.
    [GeneratedRegex(
        @"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u(?<half>[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();
}
