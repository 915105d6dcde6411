using System.Text.RegularExpressions;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>
/// What the messages of an incident say beyond its times: how bad it was, what was affected, what caused it.
/// </summary>
internal sealed partial class Evidence(ChatStory story, CompiledRules rules)
{
    private const int LongestTitle = 200;
    private const int LongestText = 600;
    private const int LongestCause = 1000;
    private const int MaxEvents = 200;

    public IncidentReport Report(
        IReadOnlyList<Conversation> said, string title, Course course, CompiledAlertRule? alert = null,
            string? alertKey = null)
    {
        var channel = rules.ChannelOf(story.Channel.Name);
        var texts = said.Select(c => c.First.Text).ToList();
        var (service, namesOther) = story.Known.ServiceIn([title, .. texts]);
        return new IncidentReport(
            Cut(OneLine(title), LongestTitle), said.Count == 0 ? story.Channel.Url : story.Channel.UrlOf(said[0].First.Ts), rules.SeverityOf(texts.Prepend(title)),
            channel?.ServiceId ?? service, channel?.Environment ?? story.Known.EnvironmentIn(texts),
                CausesIn(texts, said),
            course.StartedAt, course.AcknowledgedAt, course.ResolvedAt,
                said.Select(c => c.Latest.StateAt).Append(course.StartedAt).Max())
        {
            OpenedAt = course.OpenedAt,
            HasUnknownEnd = course.HasUnknownEnd,
            NamesOther = channel?.ServiceId is null && namesOther,
            References = SharedReferences.Of(story, rules, said, alert, alertKey),
        };
    }

    public FoundEvent Event(IncidentEventKind kind, ChatMessage message, DateTimeOffset? at = null, string? by = null) => new(
        kind, at ?? message.StateAt, NameOf(by ?? message.AuthorId) ?? message.BotName, Cut(message.Text, LongestText),
        story.Channel.UrlOf(message.Ts, message.ThreadTs), $"{message.Ts} {message.Version}");

    /// <summary>What was said, without what is in the timeline already.</summary>
    public IReadOnlyList<FoundEvent> With(IReadOnlyList<FoundEvent> events, IEnumerable<Conversation> said)
    {
        var known = events.Select(e => e.Ts).ToHashSet(StringComparer.Ordinal);
        var rest = said.Select(c => c.Latest).Where(m => !known.Contains($"{m.Ts} {m.Version}") && m.Text.Length > 0).Select(m => Event(IncidentEventKind.Said, m, m.At));
        return [.. events.Concat(rest).OrderBy(e => e.At).ThenBy(e => e.Ts, StringComparer.Ordinal).Take(MaxEvents)];
    }

    public static string OneLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "Without words";

    private string? NameOf(string? id) => id is null ? null : story.Names.GetValueOrDefault(id);

    // What fixes it is named as well; only what is named outside of talk of a fix is the cause.
    private static string? CausesIn(List<string> texts, IReadOnlyList<Conversation> said)
    {
        var causes = texts.Zip(said).Where(each => !Remedy().IsMatch(each.First))
            .SelectMany(each => CauseReferences.In(each.First, each.Second.First.Links))
                .Distinct(StringComparer.Ordinal);
        var joined = "";
        foreach (var cause in causes)
            if (joined.Length + cause.Length < LongestCause) joined = joined.Length == 0 ? cause : $"{joined} {cause}";
        return joined.Length == 0 ? null : joined;
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..(length - 1)] + "…" : text;

    [GeneratedRegex(@"\b(fix|fixed|fixes|revert|reverted|reverting|rollback|rolled back|rolling back|hotfix|patch)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Remedy();
}
