using System.Text.RegularExpressions;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>An organization's rules, ready to be held against messages.</summary>
internal sealed partial class CompiledRules(IncidentRuleSet set)
{
    private readonly (IncidentSeverity Severity, NamePattern Pattern)[] _severities = [.. set.SeverityPatterns.Select(s => (s.Severity, NamePattern.Of(s.Pattern)))];
    private readonly (ChannelRule Rule, PathGlobs Glob)[] _channels = [.. set.Channels.Select(c => (c, PathGlobs.Of([c.Channel])))];
    private readonly PathGlobs? _read = GlobsOf(set.ChannelPatterns);
    private readonly PathGlobs? _dedicated = GlobsOf(set.DedicatedPatterns);

    public Keywords Start { get; } = new(set.StartKeywords, KeywordContext.Start);
    public Keywords Acknowledge { get; } = new(set.AcknowledgeKeywords, KeywordContext.Acknowledgement);
    public Keywords Resolve { get; } = new(set.ResolveKeywords, KeywordContext.End);
    public IReadOnlySet<string> StartReactions { get; } = EmojiOf(set.StartReactions);
    public IReadOnlySet<string> AcknowledgeReactions { get; } = EmojiOf(set.AcknowledgeReactions);
    public IReadOnlySet<string> ResolveReactions { get; } = EmojiOf(set.ResolveReactions);
    public IReadOnlyList<CompiledAlertRule> Alerts { get; } = [.. set.AlertRules.Select(rule => new CompiledAlertRule(rule))];

    /// <summary>Whether a message is nothing but emoji, and one of them ends an incident.</summary>
    public bool IsCheckMark(string text)
    {
        var names = text.Replace("✅", ":white_check_mark:", StringComparison.Ordinal).Replace("✔️", ":heavy_check_mark:", StringComparison.Ordinal)
            .Split((char[])[' ', '\n', ':'], StringSplitOptions.RemoveEmptyEntries);
        return EmojiOnly().IsMatch(text) && Array.Exists(names, ResolveReactions.Contains);
    }

    public bool Reads(string channel) => _read?.Matches(channel) == true;

    public bool IsDedicated(string channel) => _dedicated?.Matches(channel) == true;

    public ChannelRule? ChannelOf(string name) => _channels.FirstOrDefault(c => c.Glob.Matches(name)).Rule;

    /// <summary>By the first pattern that is found in the first text that any is found in.</summary>
    public IncidentSeverity? SeverityOf(IEnumerable<string> texts)
    {
        foreach (var text in texts)
            foreach (var (severity, pattern) in _severities)
                if (pattern.Matches(text)) return severity;
        return null;
    }

    [GeneratedRegex(@"^(\s|:[a-z0-9_+-]+:|\p{So}|\p{Cs}|️)+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex EmojiOnly();

    private static PathGlobs? GlobsOf(string[] globs) => globs.Length == 0 ? null : PathGlobs.Of(globs);

    private static HashSet<string> EmojiOf(string[] names) => names.Select(name => name.Trim().Trim(':')).ToHashSet(StringComparer.Ordinal);
}

/// <summary>What an alert says of its state.</summary>
internal enum AlertState
{
    Open,
    Acknowledged,
    Resolved,
}

/// <summary>One rule for alert bots, ready to be held against messages.</summary>
internal sealed partial class CompiledAlertRule(AlertRule rule)
{
    private const int LongestKey = 200;
    private readonly NamePattern _bot = NamePattern.Of(rule.BotName);
    private readonly NamePattern _text = NamePattern.Of(rule.Text);
    private readonly NamePattern _open = NamePattern.Of(rule.Open);
    private readonly NamePattern _acknowledge = NamePattern.Of(rule.Acknowledge);
    private readonly NamePattern _resolve = NamePattern.Of(rule.Resolve);
    private readonly NamePattern _key = NamePattern.Of(rule.DedupeKey);

    public string Name => rule.Name;

    public bool IsAbout(ChatMessage message) =>
        (!string.IsNullOrEmpty(rule.AppId) && rule.AppId == message.AppId)
        || (message.BotName is not null && _bot.Matches(message.BotName))
        || (!string.IsNullOrEmpty(rule.LinkHost) && Array.Exists(message.Links, IsThere))
        || _text.Matches(message.Text);

    /// <summary>The end is looked for first: an alert that ended often still says what it was.</summary>
    public AlertState? StateOf(string text) =>
        _resolve.Matches(text) ? AlertState.Resolved : _acknowledge.Matches(text) ? AlertState.Acknowledged : _open.Matches(text) ? AlertState.Open : null;

    public string TitleOf(string text)
    {
        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "";
        var bare = _resolve.Without(_acknowledge.Without(_open.Without(line))).Trim(' ', ':', '-', '*', '|', '.');
        return bare.Length > 0 ? bare : line;
    }

    /// <summary>Whether its messages are known by a link and not by what they say.</summary>
    public bool HasKeyOfLinks => !string.IsNullOrEmpty(rule.LinkHost);

    /// <summary>What is the same in all messages of one alert.</summary>
    public string KeyOf(ChatMessage message)
    {
        var key = _key.Find(string.Join('\n', message.Links)) ?? _key.Find(message.Text) ?? TitleOf(message.Text).ToLowerInvariant();
        return key.Length > LongestKey ? key[..LongestKey] : key;
    }

    /// <summary>The alert that somebody else's link leads to; null when it leads elsewhere.</summary>
    public string? KeyOfLink(string link) => HasKeyOfLinks && IsThere(link) ? _key.Find(link) : null;

    /// <summary>
    /// Which of the several things that one alert watches the message is about; empty when it watches one.
    /// </summary>
    public string MemberOf(ChatMessage message) =>
        _key.FindSecond(string.Join('\n', message.Links)) ?? (Member().Match(message.Text) is { Success: true } found ? found.Groups["name"].Value : "");

    private bool IsThere(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address)
        && (address.Host.Equals(rule.LinkHost, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith("." + rule.LinkHost, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\bon \{(?<name>[^{}\n]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Member();
}
