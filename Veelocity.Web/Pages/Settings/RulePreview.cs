using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Pages.Settings;

/// <summary>What a pattern matches of the names there are, before and after a change that is not saved yet.</summary>
/// <param name="Problem">Why the pattern is refused; then nothing is compared.</param>
internal sealed record RulePreview(string Id, string Noun, string? Problem, IReadOnlyList<RulePreview.Item> Items, int Names, int MatchedNow, int MatchedThen)
{
    public const int Shown = 40;

    /// <param name="Note">Where it is found: "in 3 repositories".</param>
    public sealed record Item(string Name, string? Note, bool IsNow, bool IsThen)
    {
        public bool IsChanged => IsNow != IsThen;
    }

    /// <summary>Names that change first, then those that match; the rest is only counted.</summary>
    public static RulePreview Of(
        string id, string noun, IReadOnlyList<string?> typed, IEnumerable<(string Name, string? Note)> names, Predicate<string> isNow, Predicate<string> isThen)
    {
        if (typed.Select(NamePattern.ProblemOf).FirstOrDefault(p => p is not null) is { } problem) return new(id, noun, problem, [], 0, 0, 0);
        var all = names.Select(n => new Item(n.Name, n.Note, isNow(n.Name), isThen(n.Name))).ToList();
        return new(
            id, noun, null, [.. all.Where(i => i.IsNow || i.IsThen).OrderByDescending(i => i.IsChanged).ThenByDescending(i => i.IsThen).ThenBy(i => i.Name, StringComparer.OrdinalIgnoreCase).Take(Shown)],
            all.Count, all.Count(i => i.IsNow), all.Count(i => i.IsThen));
    }
}
