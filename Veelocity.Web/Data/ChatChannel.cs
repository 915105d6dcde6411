using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A channel of a chat workspace that the connection sees; only those that match the rules are read.</summary>
public sealed class ChatChannel : IOwned, IEntityTypeConfiguration<ChatChannel>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid ConnectionId { get; init; }
    public required string ExternalId { get; init; }
    public required string Name { get; init; }

    /// <summary>Its address, below which its messages have theirs.</summary>
    [KeptWhenUnknown]
    public string? Url { get; init; }

    public string? Topic { get; init; }
    public bool IsPrivate { get; init; }
    public bool IsArchived { get; init; }

    /// <summary>Whether the connection's bot is in it and so may read it.</summary>
    public bool IsMember { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was archived, as exactly as the provider tells; null while it is in use.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Why it cannot be read, and what to do; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>When something in it was last stored or a rule changed, and when incidents were last looked for in it.</summary>
    [Linked]
    public DateTimeOffset? ChangedAt { get; set; }

    [Linked]
    public DateTimeOffset? LinkedAt { get; set; }

    public static Guid IdOf(Guid organizationId, string externalId) => StableId.From(organizationId, "chat channel", externalId);

    /// <summary>Where a message of it can be read.</summary>
    public string? UrlOf(string ts, string? threadTs = null)
    {
        if (Url is null) return null;
        var address = $"{Url}/p{ts.Replace(".", "", StringComparison.Ordinal)}";
        return threadTs is null ? address : $"{address}?thread_ts={threadTs}&cid={ExternalId}";
    }

    public void Configure(EntityTypeBuilder<ChatChannel> builder)
    {
        builder.HasIndex(c => new { c.OrganizationId, c.Name });
        builder.HasIndex(c => c.ConnectionId);
        builder.HasOne<Connection>().WithMany().HasForeignKey(c => c.ConnectionId);
    }
}
