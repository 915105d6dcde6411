using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>Somebody put an emoji on a message, or took it off again, at a time that only the provider's event told.</summary>
public sealed class ChatReaction : IOwned, IEntityTypeConfiguration<ChatReaction>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid ChannelId { get; init; }
    public required string Ts { get; init; }
    public required string Name { get; init; }
    public required string UserExternalId { get; init; }
    public DateTimeOffset At { get; init; }
    public bool IsRemoval { get; init; }

    public static Guid IdOf(Guid channelId, string ts, string name, string user, DateTimeOffset at, bool isRemoval) =>
        StableId.From(channelId, "chat reaction", $"{ts} {name} {user} {at.UtcTicks} {isRemoval}");

    public void Configure(EntityTypeBuilder<ChatReaction> builder)
    {
        builder.HasIndex(r => new { r.ChannelId, r.Ts });
        builder.HasIndex(r => r.OrganizationId);
        builder.HasOne<ChatChannel>().WithMany().HasForeignKey(r => r.ChannelId);
    }
}
