using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The rules for incidents as they are typed: lists by lines or commas, patterns one a field, one row for each alert bot and channel.</summary>
internal sealed class SlackRulesForm
{
    public string? ChannelPatterns { get; set; }
    public string? DedicatedPatterns { get; set; }
    public string? StartKeywords { get; set; }
    public string? AcknowledgeKeywords { get; set; }
    public string? ResolveKeywords { get; set; }
    public string? StartReactions { get; set; }
    public string? AcknowledgeReactions { get; set; }
    public string? ResolveReactions { get; set; }
    public string? Critical { get; set; }
    public string? High { get; set; }
    public string? Medium { get; set; }
    public string? Low { get; set; }
    public List<ChannelRow> Channels { get; set; } = [];
    public List<AlertRow> Alerts { get; set; } = [];

    public static SlackRulesForm Of(IncidentRuleSet set) => new()
    {
        ChannelPatterns = Text(set.ChannelPatterns),
        DedicatedPatterns = Text(set.DedicatedPatterns),
        StartKeywords = Text(set.StartKeywords),
        AcknowledgeKeywords = Text(set.AcknowledgeKeywords),
        ResolveKeywords = Text(set.ResolveKeywords),
        StartReactions = Text(set.StartReactions),
        AcknowledgeReactions = Text(set.AcknowledgeReactions),
        ResolveReactions = Text(set.ResolveReactions),
        Critical = PatternOf(set, IncidentSeverity.Critical),
        High = PatternOf(set, IncidentSeverity.High),
        Medium = PatternOf(set, IncidentSeverity.Medium),
        Low = PatternOf(set, IncidentSeverity.Low),
        Channels = [.. set.Channels.Select(c => new ChannelRow { Channel = c.Channel, Environment = c.Environment, ServiceId = c.ServiceId }), new()],
        Alerts = [.. set.AlertRules.Select(AlertRow.Of), new()],
    };

    // Methods, because binding a form reads every property.
    public IncidentRuleSet Read() => new()
    {
        ChannelPatterns = List(ChannelPatterns),
        DedicatedPatterns = List(DedicatedPatterns),
        StartKeywords = List(StartKeywords),
        AcknowledgeKeywords = List(AcknowledgeKeywords),
        ResolveKeywords = List(ResolveKeywords),
        StartReactions = List(StartReactions),
        AcknowledgeReactions = List(AcknowledgeReactions),
        ResolveReactions = List(ResolveReactions),
        SeverityPatterns =
        [
            .. new[] { (IncidentSeverity.Critical, Critical), (IncidentSeverity.High, High), (IncidentSeverity.Medium, Medium), (IncidentSeverity.Low, Low) }
                .Where(s => !string.IsNullOrWhiteSpace(s.Item2)).Select(s => new SeverityRule(s.Item1, s.Item2!.Trim())),
        ],
        Channels = [.. Channels.Where(c => Given(c.Channel) is not null && (Given(c.Environment) ?? c.ServiceId?.ToString()) is not null)
            .Select(c => new ChannelRule(c.Channel!.Trim().TrimStart('#'), Given(c.Environment), c.ServiceId))],
        AlertRules = [.. Alerts.Where(a => Given(a.Name) is not null).Select(a => a.Read())],
    };

    private static string Text(string[] list) => string.Join(", ", list);

    private static string[] List(string? text) => [.. PathGlobs.Parse(text).Select(word => word.TrimStart('#').Trim(':').Length > 0 && word.StartsWith('#') ? word[1..] : word)];

    private static string? PatternOf(IncidentRuleSet set, IncidentSeverity severity) => set.SeverityPatterns.FirstOrDefault(s => s.Severity == severity)?.Pattern;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal sealed class ChannelRow
    {
        public string? Channel { get; set; }
        public string? Environment { get; set; }
        public Guid? ServiceId { get; set; }
    }

    internal sealed class AlertRow
    {
        public string? Name { get; set; }
        public string? AppId { get; set; }
        public string? BotName { get; set; }
        public string? LinkHost { get; set; }
        public string? Text { get; set; }
        public string? Open { get; set; }
        public string? Acknowledge { get; set; }
        public string? Resolve { get; set; }
        public string? DedupeKey { get; set; }

        public AlertRule Read() => new(
            Name!.Trim(), Given(AppId), Given(BotName), Given(LinkHost), Given(Text), Given(Open), Given(Acknowledge), Given(Resolve), Given(DedupeKey));

        /// <summary>Its fields with what they are called and what they are for.</summary>
        public IEnumerable<(string Field, string Label, string? Value)> Fields() =>
        [
            (nameof(BotName), "Bot name (pattern)", BotName), (nameof(AppId), "App id", AppId), (nameof(LinkHost), "Host of a link", LinkHost), (nameof(Text), "Text (pattern)", Text),
            (nameof(Open), "Begins with (pattern)", Open), (nameof(Acknowledge), "Taken on (pattern)", Acknowledge), (nameof(Resolve), "Ends with (pattern)", Resolve),
            (nameof(DedupeKey), "Same alert by (pattern)", DedupeKey),
        ];

        public static AlertRow Of(AlertRule rule) => new()
        {
            Name = rule.Name,
            AppId = rule.AppId,
            BotName = rule.BotName,
            LinkHost = rule.LinkHost,
            Text = rule.Text,
            Open = rule.Open,
            Acknowledge = rule.Acknowledge,
            Resolve = rule.Resolve,
            DedupeKey = rule.DedupeKey,
        };
    }
}
