using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>Why rules that somebody typed are refused, by the part that is wrong.</summary>
public static class RuleProblems
{
    private const int Most = 50;
    private const int LongestWord = 100;

    public static IEnumerable<(string Part, string Problem)> Of(IncidentRuleSet set)
    {
        if (set.ChannelPatterns.Length == 0) yield return (nameof(set.ChannelPatterns), "Name at least one channel, such as incidents or inc-*.");
        foreach (var (part, globs) in new[] { (nameof(set.ChannelPatterns), set.ChannelPatterns), (nameof(set.DedicatedPatterns), set.DedicatedPatterns) })
            if (PathGlobs.ProblemOf(globs) is { } problem) yield return (part, problem);
        foreach (var (part, words) in Words(set))
        {
            if (words.Length > Most) yield return (part, $"Give {Most} at most.");
            if (Array.Find(words, word => word.Length > LongestWord) is { } tooLong) yield return (part, $"'{tooLong[..40]}…' is longer than {LongestWord} characters.");
        }
        foreach (var severity in set.SeverityPatterns)
            if (NamePattern.ProblemOf(severity.Pattern) is { } problem) yield return (nameof(set.SeverityPatterns), $"{severity.Severity}: {problem}");
        if (set.AlertRules.Length > Most) yield return (nameof(set.AlertRules), $"Give {Most} rules at most.");
        foreach (var rule in set.AlertRules)
            foreach (var problem in Of(rule)) yield return (nameof(set.AlertRules), $"{(rule.Name.Length == 0 ? "A rule without a name" : rule.Name)}: {problem}");
        if (set.AlertRules.GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return (nameof(set.AlertRules), $"There are two rules called {twice.Key}.");
    }

    private static IEnumerable<string> Of(AlertRule rule)
    {
        if (rule.Name.Length is 0 or > 60) yield return "Give it a name of at most 60 characters.";
        if (new[] { rule.AppId, rule.BotName, rule.LinkHost, rule.Text }.All(string.IsNullOrWhiteSpace)) yield return "Say how to recognize it: by app id, bot name, link host or text.";
        if (string.IsNullOrWhiteSpace(rule.Open)) yield return "Say what its messages hold when something begins.";
        foreach (var pattern in new[] { rule.BotName, rule.Text, rule.Open, rule.Acknowledge, rule.Resolve, rule.DedupeKey })
            if (NamePattern.ProblemOf(pattern) is { } problem) yield return $"'{pattern}': {problem}";
    }

    private static IEnumerable<(string Part, string[] Words)> Words(IncidentRuleSet set) =>
    [
        (nameof(set.StartKeywords), set.StartKeywords), (nameof(set.AcknowledgeKeywords), set.AcknowledgeKeywords), (nameof(set.ResolveKeywords), set.ResolveKeywords),
        (nameof(set.StartReactions), set.StartReactions), (nameof(set.AcknowledgeReactions), set.AcknowledgeReactions), (nameof(set.ResolveReactions), set.ResolveReactions),
    ];
}
