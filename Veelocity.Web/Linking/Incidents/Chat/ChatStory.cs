using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Incidents.Chat;

/// <summary>A channel with every state of its messages and every known reaction.</summary>
/// <param name="Names">People by their provider's id.</param>
/// <param name="Known">What may have been affected.</param>
internal sealed record ChatStory(
    ChatChannel Channel, IReadOnlyList<ChatMessage> Messages, IReadOnlyList<ChatReaction> Reactions, IReadOnlyDictionary<string, string> Names,
    KnownNames Known);

/// <summary>An incident that a rule found in a channel.</summary>
/// <param name="Key">What identifies it in the workspace.</param>
/// <param name="Rule">The rule that found it, for people.</param>
internal sealed record FoundIncident(string Key, string Rule, string Channel, IncidentReport Report, IReadOnlyList<FoundEvent> Events);

/// <summary>One entry of its timeline.</summary>
internal sealed record FoundEvent(IncidentEventKind Kind, DateTimeOffset At, string? Actor, string? Text, string? Url, string Ts);

/// <summary>What was found, and what was passed over, by reason.</summary>
internal sealed record Finding(IReadOnlyList<FoundIncident> Incidents, IReadOnlyDictionary<string, int> Ignored);
