namespace Veelocity.Web.Data;

/// <summary>The rules by which incidents are found in chat. Patterns of channels are globs; all other patterns are regular expressions.</summary>
public sealed record IncidentRuleSet
{
    /// <summary>Channels that are read.</summary>
    public string[] ChannelPatterns { get; init; } = ["incidents", "alerts", "inc-*"];

    /// <summary>Channels that are opened for one incident each.</summary>
    public string[] DedicatedPatterns { get; init; } = ["inc-*"];

    public ChannelRule[] Channels { get; init; } = [];

    public string[] StartKeywords { get; init; } = ["incident:", "new incident", "declaring an incident", "outage", "is down", "are down", "sev1", "sev2", "sev3"];
    public string[] AcknowledgeKeywords { get; init; } = ["acknowledged", "looking into it", "investigating", "on it"];
    public string[] ResolveKeywords { get; init; } = ["resolved", "all clear", "fixed", "recovered", "back to normal"];

    public string[] StartReactions { get; init; } = ["rotating_light", "fire"];
    public string[] AcknowledgeReactions { get; init; } = ["eyes"];
    public string[] ResolveReactions { get; init; } = ["white_check_mark", "heavy_check_mark"];

    public SeverityRule[] SeverityPatterns { get; init; } =
    [
        new(IncidentSeverity.Critical, @"\bsev-?[01]\b|\bp[01]\b|\bcritical\b"),
        new(IncidentSeverity.High, @"\bsev-?2\b|\bp2\b|\bhigh\b|\bmajor\b"),
        new(IncidentSeverity.Medium, @"\bsev-?3\b|\bp3\b|\bmedium\b|\bwarning\b"),
        new(IncidentSeverity.Low, @"\bsev-?[45]\b|\bp[45]\b|\blow\b|\bminor\b"),
    ];

    public AlertRule[] AlertRules { get; init; } = AlertRule.Shipped;
}

/// <summary>What a channel stands for.</summary>
/// <param name="Channel">A name or a glob; the first that fits counts.</param>
public sealed record ChannelRule(string Channel, string? Environment, Guid? ServiceId);

/// <summary>The text that makes an incident so severe; the first pattern that is found counts.</summary>
public sealed record SeverityRule(IncidentSeverity Severity, string Pattern);

/// <summary>How one kind of alert bot is recognized, by any of four marks, and read.</summary>
/// <param name="DedupeKey">
/// What is the same in all messages of one alert: the first group, or all that is found; null for the title. A second
/// group says which of
/// several things that the alert watches.
/// </param>
public sealed record AlertRule(
    string Name, string? AppId, string? BotName, string? LinkHost, string? Text, string? Open, string? Acknowledge, string? Resolve, string? DedupeKey)
{
    // The labels that all alerts of a group share stand before the brackets; what is in the brackets changes when an
    // alert joins.
    private const string GroupLabels = @"(?m)^\W*\[(?:FIRING|RESOLVED|ALERTING|OK|NO DATA)[^\]]*\][ \t]*([^\s(][^\n(]*?)[ \t]*(?:\(|$)";

    public static readonly AlertRule[] Shipped =
    [
        new("Grafana", null, "grafana", null, @"Grafana v\d", @"\[FIRING:\d+[^\]]*\]|\[(Alerting|No Data)\]", null, @"\[RESOLVED[^\]]*\]|\[OK\]", GroupLabels),
        new("Alertmanager", null, "alertmanager", null, @"^\[(FIRING:\d+|RESOLVED)", @"\[FIRING:\d+[^\]]*\]", null, @"\[RESOLVED[^\]]*\]", GroupLabels),
        new("PagerDuty", null, "pagerduty", "pagerduty.com", null, @"\btriggered\b", @"\backnowledged\b", @"\bresolved\b", "(?:/incidents/|#)([A-Z0-9]+)"),
        new("Opsgenie", null, "opsgenie", "opsgenie.com", null, @"\b(created|opened)\b|\bnew alert\b", @"\back(nowledged)?\b", @"\b(closed|resolved)\b", @"(?:alert/detail/|#)([\w-]+)"),
        new("Datadog", null, "datadog", "datadoghq.com", null, @"\btriggered\b|\bwarn\b|\bno data\b", null, @"\brecovered\b", @"monitors[/#](\d+)(?:\S*?[?&]group=([^&#\s]+))?"),
    ];
}
