using System.Text.RegularExpressions;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>What the messages of an incident tell beyond its times: how bad, what was affected, what brought it.</summary>
internal sealed partial class Evidence(ChatStory story, CompiledRules rules)
{
    private const int LongestTitle = 200;
    private const int LongestText = 600;
    private const int MostEvents = 200;

    public IncidentReport Report(
        IReadOnlyList<Conversation> said, string title, DateTimeOffset startedAt, DateTimeOffset? acknowledgedAt, DateTimeOffset? resolvedAt)
    {
        var channel = rules.ChannelOf(story.Channel.Name);
        var texts = said.Select(c => c.First.Text).ToList();
        return new IncidentReport(
            Cut(OneLine(title), LongestTitle), said.Count == 0 ? story.Channel.Url : story.Channel.UrlOf(said[0].First.Ts), rules.SeverityOf(texts.Prepend(title)),
            channel?.ServiceId ?? ServiceIn([title, .. texts]), channel?.Environment, CauseIn(texts, said), startedAt, acknowledgedAt, resolvedAt,
            said.Select(c => c.Latest.StateAt).Append(startedAt).Max());
    }

    public FoundEvent Event(IncidentEventKind kind, ChatMessage message, DateTimeOffset? at = null, string? by = null) => new(
        kind, at ?? message.StateAt, NameOf(by ?? message.AuthorId) ?? message.BotName, Cut(message.Text, LongestText),
        story.Channel.UrlOf(message.Ts, message.ThreadTs), $"{message.Ts} {message.Version}");

    /// <summary>What was said, without what is in the timeline already.</summary>
    public IReadOnlyList<FoundEvent> With(IReadOnlyList<FoundEvent> events, IEnumerable<Conversation> said)
    {
        var known = events.Select(e => e.Ts).ToHashSet(StringComparer.Ordinal);
        var rest = said.Select(c => c.Latest).Where(m => !known.Contains($"{m.Ts} {m.Version}") && m.Text.Length > 0).Select(m => Event(IncidentEventKind.Said, m, m.At));
        return [.. events.Concat(rest).OrderBy(e => e.At).ThenBy(e => e.Ts, StringComparer.Ordinal).Take(MostEvents)];
    }

    public static string OneLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "Without words";

    private string? NameOf(string? id) => id is null ? null : story.Names.GetValueOrDefault(id);

    // Only a service that is named alone: two names may be a question, and blame on the wrong one is worse than none.
    private Guid? ServiceIn(List<string> texts)
    {
        foreach (var text in texts)
        {
            var named = story.Services.Where(s => s.Name.Length > 2 && IsNamed(text, s.Name)).Take(2).ToList();
            if (named.Count == 1) return named[0].Id;
        }
        return null;
    }

    private static bool IsNamed(string text, string name)
    {
        for (var at = 0; (at = text.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + name.Length;
            if ((at == 0 || !IsOfName(text[at - 1])) && (end == text.Length || !IsOfName(text[end]))) return true;
        }
        return false;

        static bool IsOfName(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_';
    }

    // What mends it is named as well; only what is named outside of talk of a remedy is the cause.
    private static string? CauseIn(List<string> texts, IReadOnlyList<Conversation> said)
    {
        foreach (var (text, conversation) in texts.Zip(said))
        {
            if (Remedy().IsMatch(text)) continue;
            foreach (var link in conversation.First.Links)
            {
                if (CommitLink().Match(link) is { Success: true } commit) return commit.Groups["sha"].Value.ToLowerInvariant();
                if (DeploymentLink().IsMatch(link)) return link;
            }
            if (Sha().Match(text) is { Success: true } sha) return sha.Value.ToLowerInvariant();
        }
        return null;
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..(length - 1)] + "…" : text;

    [GeneratedRegex(@"\b(fix|fixed|fixes|revert|reverted|reverting|rollback|rolled back|rolling back|hotfix|patch)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Remedy();

    [GeneratedRegex("/commits?/(?<sha>[0-9a-fA-F]{7,40})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CommitLink();

    [GeneratedRegex("/actions/runs/[0-9]+|/deployments?/|/releases/tag/", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DeploymentLink();

    // Seven digits alone are rather a number than a commit, seven letters rather a word.
    [GeneratedRegex(@"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Sha();
}
