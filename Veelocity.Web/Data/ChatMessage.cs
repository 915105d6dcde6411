using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>One state of a message: as it was posted, or as it was after an edit. Alerts that are edited in place keep every state that was seen.</summary>
public sealed class ChatMessage : IOwned, IEntityTypeConfiguration<ChatMessage>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid ChannelId { get; init; }

    /// <summary>The provider's id of the message in its channel: its time as text, which sorts by itself and loses digits as a number.</summary>
    public required string Ts { get; init; }

    /// <summary>The time of the edit as text; empty as posted.</summary>
    public required string Version { get; init; }

    /// <summary>The message that this one answers; null at the top of the channel.</summary>
    public string? ThreadTs { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>When it came into this state.</summary>
    public DateTimeOffset StateAt { get; init; }

    /// <summary>The provider's id of who wrote it; null for apps without one.</summary>
    public string? AuthorId { get; init; }

    public string? AppId { get; init; }

    /// <summary>The app or integration that posted it; null for people.</summary>
    public string? BotName { get; init; }

    /// <summary>What kind of notice it is; null for what was said.</summary>
    public string? Subtype { get; init; }

    /// <summary>All that it says, attachments and blocks included.</summary>
    public required string Text { get; init; }

    public string[] Links { get; init; } = [];

    /// <summary><c>eyes:U1,U2</c>, as last seen; without times, which only <see cref="ChatReaction"/> knows.</summary>
    public string[] Reactions { get; init; } = [];

    /// <summary>When it was found deleted.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public bool IsByPerson => BotName is null && AppId is null && AuthorId is not null;

    public static Guid IdOf(Guid channelId, string ts, string version) => StableId.From(channelId, "chat message", $"{ts} {version}");

    public void Configure(EntityTypeBuilder<ChatMessage> builder)
    {
        builder.HasIndex(m => new { m.ChannelId, m.Ts });
        builder.HasIndex(m => new { m.ChannelId, m.ThreadTs }).HasFilter("thread_ts IS NOT NULL");
        builder.HasIndex(m => new { m.OrganizationId, m.At });
        builder.HasOne<ChatChannel>().WithMany().HasForeignKey(m => m.ChannelId);
    }
}
