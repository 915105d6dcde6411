using System.Text.RegularExpressions;

namespace Veelocity.Web.Data;

/// <summary>
/// Reads from a pull request's branch, title and description which issues it names (M31), each once, where it is surest. A branch is named
/// after its work, and so is a title unless it says that it only refers to the issue. In a description only words such as "fixes" or
/// "part of" make a name more than a mention.
/// </summary>
public static partial class NamedIssues
{
    private const string Name = @"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]{0,9}-[1-9]\d{0,6}(?![A-Za-z0-9])";
    private const string Item = @"(?:\[?" + Name + @"\]?(?:\([^()\s]*\))?|https?://[^\s,]+)";

    // What follows one of these words: one name or address, or several.
    private const string Several = @"\b[\s:]*" + Item + @"(?:(?:\s*,\s*(?:and\s+)?|\s*&\s*|\s+and\s+|[ \t]+)" + Item + ")*";

    // A description that lists hundreds is a changelog: it is work on none of them.
    private const int MaxIssues = 50;

    /// <summary>As <see cref="PullRequest.NamedIssues"/> keeps them.</summary>
    public static string[] In(string title, string branch, string? body)
    {
        var text = body ?? "";
        var isWork = Spans(Work(), text);
        var isReference = Spans(Reference(), title);
        IEnumerable<(int Rank, string Where, string Name, bool IsMention)> found =
        [
            .. Names().Matches(branch).Select(name => (0, "branch", name.Value, false)),
            .. Names().Matches(title).Select(name => isReference(name.Index) ? (3, "title", name.Value, true) : (1, "title", name.Value, false)),
            .. Names().Matches(text).Select(name => isWork(name.Index) ? (2, "description", name.Value, false) : (3, "description", name.Value, true)),
        ];
        return [.. found.OrderBy(one => one.Rank).Select(one => one with { Name = one.Name.ToUpperInvariant() })
            .DistinctBy(one => one.Name)
            .Take(MaxIssues)
            .Select(one => $"{one.Where}:{one.Name}{(one.IsMention ? ":mention" : "")}")];
    }

    private static Predicate<int> Spans(Regex regex, string text)
    {
        var spans = regex.Matches(text).Select(match => (From: match.Index, To: match.Index + match.Length)).ToList();
        return at => spans.Exists(span => at >= span.From && at < span.To);
    }

    // Not inside a longer word; slashes, hyphens, underscores and brackets part words.
    [GeneratedRegex(Name, RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex(
        @"(?<!(?:\b(?:not|never|without|instead of)|n['’]t)\s+(?:\w+\s+)?)\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|complet(?:e[sd]?|ing)|finish(?:e[sd]|ing)?|implement(?:s|ed|ing)?|address(?:e[sd]|ing)?"
        + @"|continu(?:e[sd]?|ing|ation of)|part \d+ of|part of|contribut(?:e[sd]?|ing) to|towards?|work on|works on|working on)" + Several,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Work();

    [GeneratedRegex(
        @"\b(?:follow(?:s|ing)?[- ]?up(?: of| to| on| for)?|related(?: to)?|relates to|see(?: also)?|refs?|references?|after|since|cf\.?"
        + @"|from|by|in|with|like|unlike|per|based on|builds? on|regression of|similar to|instead of)" + Several,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
