using System.Text.RegularExpressions;

namespace Veelocity.Web.Data;

/// <summary>How often a title says "revert": <c>Revert "Revert "x""</c> twice, <c>revert: x</c> once, <c>Reapply "x"</c> like twice.</summary>
internal static partial class RevertTitle
{
    private const int MaxDepth = 50;

    /// <summary>The depth, and what the title reverts in its own words; 0 and null when it reverts nothing.</summary>
    public static (int Depth, string? Quoted) Read(string title)
    {
        var (depth, rest) = (0, title.Trim());
        string? quoted = null;
        while (depth < MaxDepth && Step(rest) is { } step)
        {
            depth += step.Layers;
            rest = step.Inner;
            quoted ??= rest;
        }
        return depth == 0 ? (0, null) : (depth, quoted);
    }

    private static (int Layers, string Inner)? Step(string title)
    {
        if (Quoted().Match(title) is { Success: true } quoted)
            return (quoted.Groups["again"].Success ? 2 : 1, quoted.Groups["rest"].Value.Trim());
        if (Numbered().Match(title) is { Success: true } numbered) return (1, numbered.Groups["number"].Value);
        if (Prefixed().Match(title) is not { Success: true } prefixed) return null;
        var rest = prefixed.Groups["rest"].Value.Trim();
        // Commit rules ask for a prefix also before what GitHub proposes: revert: Revert "x" is one revert.
        return Quoted().Match(rest) is { Success: true } inner && !inner.Groups["again"].Success
            ? (1, inner.Groups["rest"].Value.Trim())
            : (1, Unquoted().Replace(rest, "$1"));
    }

    [GeneratedRegex(
        """^(?:revert|(?<again>re-?apply|re-?land))\s*:?\s*["“'](?<rest>.*?)["”']?(?:\s*\(\#\d+\))?$""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"^revert(?:\([^)]*\))?!?:\s*(?<rest>.+?)(?:\s*\(\#\d+\))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Prefixed();

    [GeneratedRegex(
        @"^reverts?\s+(?:(?:pr|pull\s+request)\s+)?(?<number>\#\d{1,9})(?:\s*\(\#\d+\))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbered();

    [GeneratedRegex("""^["“'](.*)["”']$""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Unquoted();
}
