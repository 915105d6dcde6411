using System.Text.RegularExpressions;

namespace Veelocity.Web.Data;

/// <summary>
/// The lines of a body that are its own words: not quoted, not code, not a comment of a template. Where a pull request is no revert by its
/// title, a list of commits or pull requests speaks of those, as in the message of a squash.
/// </summary>
internal static partial class RevertLines
{
    public static IEnumerable<string> Of(string? body, bool isRevert)
    {
        if (string.IsNullOrWhiteSpace(body)) return [];
        var own = OwnLines(Comment().Replace(body, ""));
        return isRevert ? own.Select(WithoutMarker) : OutsideLists(own).Select(WithoutMarker);
    }

    private static List<string> OwnLines(string body)
    {
        var lines = new List<string>();
        string? fence = null;
        foreach (var raw in body.Split('\n'))
        {
            var line = raw.TrimEnd();
            if (Fence().Match(line) is { Success: true } mark && (fence is null || mark.Value.Trim() == fence))
            {
                fence = fence is null ? mark.Groups["mark"].Value : null;
                continue;
            }
            if (fence is not null || line.TrimStart().StartsWith('>') || Indented().IsMatch(line)) continue;
            lines.Add(line);
        }
        return lines;
    }

    private static IEnumerable<string> OutsideLists(List<string> lines)
    {
        for (var i = 0; i < lines.Count;)
        {
            if (!Item().IsMatch(lines[i]))
            {
                yield return lines[i++];
                continue;
            }
            var end = EndOfList(lines, i);
            var list = lines[i..end];
            if (!IsOfOthers(list))
                foreach (var line in list) yield return line;
            i = end;
        }
    }

    // A heading or a rule ends a list; so does text after a blank line, unless more items follow, as in a squash with bodies.
    private static int EndOfList(List<string> lines, int start)
    {
        var end = start;
        for (var i = start; i < lines.Count && !Divider().IsMatch(lines[i]); i++)
            if (Item().IsMatch(lines[i])) end = i;
        if (IsSquash(lines[start..(end + 1)]))
            while (end + 1 < lines.Count && !Divider().IsMatch(lines[end + 1])) end++;
        else
            for (var i = start; i <= end; i++)
                if (lines[i].Length == 0 && i + 1 < lines.Count && !Item().IsMatch(lines[i + 1])) return i;
        return end + 1;
    }

    private static bool IsOfOthers(List<string> list) => IsSquash(list) || list.Exists(line => Reference().IsMatch(line) || Headline().IsMatch(line));

    // GitHub's message of a squash: a star before each commit, a blank line between them.
    private static bool IsSquash(List<string> list)
    {
        var stars = 0;
        for (var i = 0; i < list.Count; i++)
            if (list[i].StartsWith("* ", StringComparison.Ordinal) && (i == 0 || list[i - 1].Length == 0)) stars++;
        return stars > 1;
    }

    private static string WithoutMarker(string line) => Item().Replace(line, "").Replace("**", "", StringComparison.Ordinal).Trim();

    [GeneratedRegex(@"^\s{0,3}(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    // An entry of a changelog ends with its number, its address, or its author.
    [GeneratedRegex(@"^\s{0,3}[-*+]\s+(?!(?:this\s+)?reverts\s).*(?:\(\#\d+\)|\bin\s+(?:\#\d+|https?://\S+/pull/\d+))\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    // A commit's own first line: feat(cart): add totals, or Revert "Add carts".
    [GeneratedRegex(
        """^\s{0,3}[-*+]\s+(?:revert\s*["“']|(?:feat|fix|chore|docs|tests?|refactor|perf|build|ci|style|revert)(?:\([^)]*\))?!?:\s)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Headline();

    [GeneratedRegex(@"^\s{0,3}(?:\#{1,6}\s|-{3,}\s*$|\*{3,}\s*$|[A-Za-z-]+-by:\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^\s{0,3}(?<mark>```|~~~)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(?: {4,}|\t)(?!\s*(?:[-*+]|\d{1,3}[.)])\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Indented();

    [GeneratedRegex("<!--.*?(?:-->|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();
}
