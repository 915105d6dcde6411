using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>
/// A member's key to the REST API of one organization. It can do what their role allows at each request, and goes with the membership.
/// </summary>
public sealed class ApiToken : IOwned, IEntityTypeConfiguration<ApiToken>
{
    public const int LongestName = 100;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; init; }
    public Guid UserId { get; init; }
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token, which is stored nowhere.</summary>
    [Secret]
    public required byte[] Hash { get; init; }

    /// <summary>The last characters, by which its owner knows it again.</summary>
    public required string Ending { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for one that never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Written at most once a minute; null while nobody has used it.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; private set; }
    public Guid? RevokedByUserId { get; private set; }

    public Membership Membership { get; init; } = null!;

    public bool HasExpired(DateTimeOffset now) => now >= ExpiresAt;

    public void Revoke(Guid byUserId, DateTimeOffset now) => (RevokedAt, RevokedByUserId) = (now, byUserId);

    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.Property(t => t.Name).HasMaxLength(LongestName);
        builder.Property(t => t.Ending).HasMaxLength(8);
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasOne(t => t.Membership).WithMany().HasForeignKey(t => new { t.OrganizationId, t.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(t => t.RevokedByUserId).OnDelete(DeleteBehavior.SetNull);
    }
}
