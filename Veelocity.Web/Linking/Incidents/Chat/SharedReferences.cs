using System.Globalization;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>
/// What an incident has in common with others that are the same one, seen elsewhere (M23): an alert, its address, an
/// incident number, a
/// channel, a message.
/// </summary>
internal static partial class SharedReferences
{
    private const int Max = 40;
    private const int MaxMessages = 5;
    private const int LongestReference = 300;

    public static string[] Of(ChatStory story, CompiledRules rules, IReadOnlyList<Conversation> said,
        CompiledAlertRule? alert, string? alertKey)
    {
        var found = new List<string>();
        if (alert is not null && alertKey is not null) found.Add($"alert:{alert.Name}:{alertKey}");
        if (rules.IsDedicated(story.Channel.Name))
        {
            found.Add($"own:{story.Channel.ExternalId}");
            found.Add($"channel:{story.Channel.Name}");
            found.Add($"channel:{story.Channel.ExternalId}");
            if (ChannelNumber().Match(story.Channel.Name) is { Success: true } own) found.Add(Number("channel", own));
        }
        foreach (var message in said.SelectMany(talk => talk.States))
        {
            var words = alert is null && !message.IsByPerson ? BotHints.Without(message.Text) : message.Text;
            foreach (var link in message.Links.Concat(Address().Matches(words).Select(a => a.Value.TrimEnd('.', ',', ')', '>', '!', '?', ';', ':')))) found.AddRange(OfLink(link, rules, alert));
            if (alert is not null)
            {
                if (alert.HasKeyOfLinks
                    && AlertNumber().Match(words) is { Success: true } number) found.Add(Number(alert.Name, number));
                continue;
            }
            found.AddRange(ChannelMention().Matches(words).Select(mention => $"channel:{mention.Groups["name"].Value}"));
            found.AddRange(IncidentNumber().Matches(words).Select(number => Number("named", number)));
            found.AddRange(AlertNumber().Matches(words).Select(number => Number("bare", number)));
        }
        found.AddRange(said.Take(MaxMessages).Select(talk => $"message:{story.Channel.ExternalId}:{talk.First.Ts}"));
        return [.. found.Select(f => f.Length > LongestReference ? f[..LongestReference] : f)
            .Select(f => f.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Take(Max)];
    }

    private static IEnumerable<string> OfLink(string link, CompiledRules rules, CompiledAlertRule? alert)
    {
        if (MessageLink().Match(link) is { Success: true } message)
        {
            var ts = message.Groups["ts"].Value;
            yield return ts.Length > 6 ? $"message:{message.Groups["channel"].Value}:{ts[..^6]}.{ts[^6..]}" : $"channel:{message.Groups["channel"].Value}";
            yield break;
        }
        // An alert is known by its key; its other links are lists and dashboards that many alerts share.
        if (alert is not null && alert.HasKeyOfLinks) yield break;
        foreach (var rule in rules.Alerts)
            if (rule.KeyOfLink(link) is { } key) yield return $"alert:{rule.Name}:{key}";
        if (AlertAddress().Match(link) is { Success: true } address) yield return $"address:{address.Value}";
    }

    private static string Number(string source, Match found) =>
        $"number:{source}:{long.Parse(found.Groups["number"].Value, CultureInfo.InvariantCulture)}";

    [GeneratedRegex(@"https?://[^\s<>|""'`]+", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"/archives/(?<channel>[A-Z0-9]+)(/p(?<ts>[0-9]{7,20}))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MessageLink();

    // One alert's or incident's page: what it is about ends with something that has a digit.
    [GeneratedRegex(@"https?://[^\s?#]+/(incidents?|alerts?|alerting|monitors?|events?|problems?|outages?)/([\w.-]+/)*(?=[\w-]*[0-9])[\w-]+(/view)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AlertAddress();

    [GeneratedRegex(@"(?<![\w&/])#(?<name>[a-z][\w-]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ChannelMention();

    // A number of up to six digits; eight are a date.
    [GeneratedRegex(@"^inc(ident)?s?[-_]?(?<number>[0-9]{1,6})(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ChannelNumber();

    [GeneratedRegex(@"\binc(ident)?[\s#_-]{1,2}(?<number>[0-9]{1,6})(?!\w|\s?%|[:.]\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex IncidentNumber();

    [GeneratedRegex(@"(?<![\w&/])#(?<number>[0-9]{1,9})\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AlertNumber();
}
