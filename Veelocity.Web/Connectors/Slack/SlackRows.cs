using System.Text.Json;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>What every answer of Slack has in common: failures come with status 200 and say so here.</summary>
internal record SlackAnswer
{
    public bool Ok { get; init; }
    public string? Error { get; init; }

    /// <summary>The scope that was missing.</summary>
    public string? Needed { get; init; }

    public MetadataRow? ResponseMetadata { get; init; }

    /// <summary>Where the next page begins; a page may be empty while there is one.</summary>
    public string? NextCursor => string.IsNullOrEmpty(ResponseMetadata?.NextCursor) ? null : ResponseMetadata.NextCursor;

    internal sealed record MetadataRow(string? NextCursor);
}

internal sealed record AuthAnswer(string? Url, string? Team, string? TeamId, string? User, string? UserId, string? BotId) : SlackAnswer;

internal sealed record ChannelsAnswer(List<JsonElement>? Channels) : SlackAnswer;

internal sealed record ChannelAnswer(ChannelRow? Channel) : SlackAnswer;

internal sealed record MessagesAnswer(List<JsonElement>? Messages, bool HasMore) : SlackAnswer;

internal sealed record MembersAnswer(List<JsonElement>? Members) : SlackAnswer;

internal sealed record GrantAnswer(string? AccessToken, string? Scope, string? RefreshToken) : SlackAnswer;

internal sealed record ChannelRow(
    string? Id, string? Name, bool IsPrivate, bool IsArchived, bool IsMember, long Created, long? Updated, ChannelRow.TextRow? Topic, ChannelRow.TextRow? Purpose)
{
    internal sealed record TextRow(string? Value);
}

internal sealed record MemberRow(string? Id, string? TeamId, string? Name, string? RealName, bool IsBot, bool IsAppUser, bool Deleted, MemberRow.ProfileRow? Profile)
{
    internal sealed record ProfileRow(string? DisplayName, string? RealName, string? Email);
}

internal sealed record MessageRow(
    string? Ts, string? ThreadTs, string? Subtype, string? User, string? BotId, string? AppId, string? Username, MessageRow.BotRow? BotProfile, string? Text,
    JsonElement? Blocks, JsonElement? Attachments, int? ReplyCount, string? LatestReply, MessageRow.EditRow? Edited, List<MessageRow.EmojiRow>? Reactions)
{
    public bool HasReplies => ReplyCount > 0 && (ThreadTs is null || ThreadTs == Ts);

    /// <summary>Another one when somebody answered.</summary>
    public string ThreadMark => $"{LatestReply} {ReplyCount}";

    internal sealed record BotRow(string? Name, string? AppId);

    internal sealed record EditRow(string? Ts);

    internal sealed record EmojiRow(string? Name, List<string>? Users);
}
