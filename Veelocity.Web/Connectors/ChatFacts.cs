namespace Veelocity.Web.Connectors;

/// <summary>Somebody with an account, apart from anything they did.</summary>
public sealed record AccountFact(Actor Actor) : Fact;

/// <summary>A channel of a chat workspace.</summary>
/// <param name="Problem">Why it cannot be read, and what to do about it; null when it can.</param>
public sealed record ChannelFact(
    string ExternalId, string Name, string? Url, string? Topic, bool IsPrivate, bool IsArchived, bool IsMember, DateTimeOffset CreatedAt,
    DateTimeOffset? ArchivedAt, string? Problem) : Fact;

/// <summary>One state of a message: as posted (<see cref="Version"/> empty), or after the edit at that time.</summary>
/// <param name="Text">All that it says, attachments and blocks included.</param>
/// <param name="Reactions"><c>eyes:U1,U2</c>.</param>
public sealed record MessageFact(
    string ChannelExternalId, string Ts, string Version, string? ThreadTs, DateTimeOffset At, DateTimeOffset StateAt, string? AuthorId, string? AppId,
    string? BotName, string? Subtype, string Text, IReadOnlyList<string> Links, IReadOnlyList<string> Reactions) : Fact;

/// <summary>An emoji was put on a message or taken off, and when.</summary>
public sealed record ReactionFact(string ChannelExternalId, string Ts, string Name, string UserId, DateTimeOffset At, bool IsRemoval) : Fact;

/// <summary>A channel, or one thread of it, has between two times these messages and no others.</summary>
/// <param name="ThreadTs">Null for the top of the channel.</param>
public sealed record OnlyMessagesFact(
    string ChannelExternalId, string? ThreadTs, string FromTs, string ToTs, IReadOnlyCollection<string> Ts) : Absence;
