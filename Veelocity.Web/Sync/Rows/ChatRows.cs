using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Rows;

/// <summary>Channels of a chat, the states of their messages, and what was reacted to them.</summary>
internal sealed class ChatRows(RowOwner owner)
{
    private readonly Dictionary<string, Guid> channelIds = new(StringComparer.Ordinal);

    public Dictionary<Guid, ChatChannel> Channels { get; } = [];
    public Dictionary<Guid, ChatMessage> Messages { get; } = [];
    public Dictionary<Guid, ChatReaction> Reactions { get; } = [];

    /// <summary>Channels in which something was said.</summary>
    public IReadOnlyCollection<Guid> Touched => channelIds.Values;

    public void Add(ChannelFact fact)
    {
        var id = ChatChannel.IdOf(owner.OrganizationId, fact.ExternalId);
        Channels[id] = new ChatChannel
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            ConnectionId = owner.ConnectionId,
            ExternalId = fact.ExternalId,
            Name = fact.Name,
            Url = fact.Url,
            Topic = fact.Topic,
            IsPrivate = fact.IsPrivate,
            IsArchived = fact.IsArchived,
            IsMember = fact.IsMember,
            CreatedAt = fact.CreatedAt,
            ArchivedAt = fact.ArchivedAt,
            Problem = fact.Problem,
        };
    }

    public void Add(MessageFact fact)
    {
        var channelId = ChannelOf(fact.ChannelExternalId);
        var id = ChatMessage.IdOf(channelId, fact.Ts, fact.Version);
        Messages[id] = new ChatMessage
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            ChannelId = channelId,
            Ts = fact.Ts,
            Version = fact.Version,
            ThreadTs = fact.ThreadTs,
            At = fact.At,
            StateAt = fact.StateAt,
            AuthorId = fact.AuthorId,
            AppId = fact.AppId,
            BotName = fact.BotName,
            Subtype = fact.Subtype,
            Text = fact.Text,
            Links = [.. fact.Links],
            Reactions = [.. fact.Reactions],
        };
    }

    public void Add(ReactionFact fact)
    {
        var channelId = ChannelOf(fact.ChannelExternalId);
        var id = ChatReaction.IdOf(channelId, fact.Ts, fact.Name, fact.UserId, fact.At, fact.IsRemoval);
        Reactions[id] = new ChatReaction
        {
            Id = id,
            OrganizationId = owner.OrganizationId,
            ChannelId = channelId,
            Ts = fact.Ts,
            Name = fact.Name,
            UserExternalId = fact.UserId,
            At = fact.At,
            IsRemoval = fact.IsRemoval,
        };
    }

    private Guid ChannelOf(string externalId)
    {
        if (!channelIds.TryGetValue(externalId, out var id)) channelIds[externalId] = id = ChatChannel.IdOf(owner.OrganizationId, externalId);
        return id;
    }
}
