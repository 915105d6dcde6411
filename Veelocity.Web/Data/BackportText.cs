using System.Text.RegularExpressions;

namespace Veelocity.Web.Data;

/// <summary>
/// Tells a backport or cherry-pick by its label, branch, title or trailer (M19). It keeps the author dates of the work it copies, which
/// began long before.
/// </summary>
public static partial class BackportText
{
    public static bool IsBackport(string title, string branch, string? body, IEnumerable<string> labels) =>
        Title().IsMatch(title) || Branch().IsMatch(branch) || labels.Any(label => Label().IsMatch(label)) || HasTrailer(body);

    public static bool HasTrailer(string? message) => Trailer().IsMatch(message ?? "");

    // Its first word, what others put around it, or the branch of an earlier version in front: "[Backport 1.x] Fix totals",
    // "Fix totals (cherry-pick #12)", "[release-1.x] Fix totals".
    [GeneratedRegex(
        @"^(?:\[[^\]]*\]\s*)?\W*(?:automated )?(?:back-?port(?:ed)?|cherry[- ]?pick(?:ed)?)(?![a-z])"
        + @"|(?:^|\s)[\[(](?:automated )?(?:\S+ )?(?:back-?port(?:ed)?|cherry[- ]?pick(?:ed)?)(?:\s[^\])]*)?[\])]"
        + @"|^\W*[\[(](?:stable|(?:(?:release|rel|stable|maint(?:enance)?|support)[-/ ])?v?\d+(?:\.(?:\d+|x))+"
        + @"|(?:release|rel|stable|maint(?:enance)?|support)[-/ ]v?\d+)[\])]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Title();

    [GeneratedRegex(@"(?:^|/)(?:auto(?:mated)?-)?(?:back-?port|cherry-?pick)(?:ed)?(?![a-z])|^mergify/bp/", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Branch();

    // "needs-backport" and "backport 1.x" are labels of the original, which is to be copied.
    [GeneratedRegex(@"^(?:(?:type|kind|is|category)\W*)?(?:back-?port|cherry-?pick(?:ed)?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s*\(cherry picked from commit [0-9a-f]{7,40}\)", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Trailer();
}
