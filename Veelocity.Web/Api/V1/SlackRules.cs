using Veelocity.Web.Data;

namespace Veelocity.Web.Api.V1;

/// <summary>The rules as the API shows them.</summary>
/// <param name="Environments">Channel, or glob of channels, to environment.</param>
/// <param name="Services">Channel, or glob of channels, to service.</param>
internal sealed record RulesAnswer(
    IReadOnlyList<string> ChannelPatterns, IReadOnlyList<string> DedicatedPatterns, IReadOnlyList<string> StartKeywords, IReadOnlyList<string> AcknowledgeKeywords,
    IReadOnlyList<string> ResolveKeywords, IReadOnlyList<string> StartReactions, IReadOnlyList<string> AcknowledgeReactions, IReadOnlyList<string> ResolveReactions,
    IReadOnlyList<SeverityRule> SeverityPatterns, IReadOnlyDictionary<string, string> Environments, IReadOnlyDictionary<string, Guid> Services, IReadOnlyList<AlertRule> AlertRules)
{
    public static RulesAnswer Of(IncidentRuleSet set) => new(
        set.ChannelPatterns, set.DedicatedPatterns, set.StartKeywords, set.AcknowledgeKeywords, set.ResolveKeywords, set.StartReactions, set.AcknowledgeReactions,
        set.ResolveReactions, set.SeverityPatterns,
        set.Channels.Where(c => c.Environment is not null).ToDictionary(c => c.Channel, c => c.Environment!, StringComparer.Ordinal),
        set.Channels.Where(c => c.ServiceId is not null).ToDictionary(c => c.Channel, c => c.ServiceId!.Value, StringComparer.Ordinal), set.AlertRules);
}

/// <summary>What is to change; null leaves it as it is.</summary>
internal sealed record RulesBody
{
    public string[]? ChannelPatterns { get; init; }
    public string[]? DedicatedPatterns { get; init; }
    public string[]? StartKeywords { get; init; }
    public string[]? AcknowledgeKeywords { get; init; }
    public string[]? ResolveKeywords { get; init; }
    public string[]? StartReactions { get; init; }
    public string[]? AcknowledgeReactions { get; init; }
    public string[]? ResolveReactions { get; init; }
    public SeverityRule[]? SeverityPatterns { get; init; }
    public Dictionary<string, string>? Environments { get; init; }
    public Dictionary<string, Guid>? Services { get; init; }
    public AlertRule[]? AlertRules { get; init; }

    public IncidentRuleSet Over(IncidentRuleSet set) => set with
    {
        ChannelPatterns = ChannelPatterns ?? set.ChannelPatterns,
        DedicatedPatterns = DedicatedPatterns ?? set.DedicatedPatterns,
        StartKeywords = StartKeywords ?? set.StartKeywords,
        AcknowledgeKeywords = AcknowledgeKeywords ?? set.AcknowledgeKeywords,
        ResolveKeywords = ResolveKeywords ?? set.ResolveKeywords,
        StartReactions = StartReactions ?? set.StartReactions,
        AcknowledgeReactions = AcknowledgeReactions ?? set.AcknowledgeReactions,
        ResolveReactions = ResolveReactions ?? set.ResolveReactions,
        SeverityPatterns = SeverityPatterns ?? set.SeverityPatterns,
        AlertRules = AlertRules ?? set.AlertRules,
        Channels = Environments is null && Services is null ? set.Channels : ChannelsOver(RulesAnswer.Of(set)),
    };

    private ChannelRule[] ChannelsOver(RulesAnswer before)
    {
        var (environments, services) = (Environments ?? before.Environments, Services ?? before.Services);
        return [.. environments.Keys.Union(services.Keys, StringComparer.Ordinal)
            .Select(channel => new ChannelRule(channel, environments.GetValueOrDefault(channel), services.TryGetValue(channel, out var id) ? id : null))];
    }
}
