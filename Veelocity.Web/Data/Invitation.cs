using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>An offer to join an organization, made to an email address; its link works once and for seven days.</summary>
public sealed class Invitation : IOwned, IEntityTypeConfiguration<Invitation>
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; init; }
    public required string Email { get; init; }
    public required string NormalizedEmail { get; init; }
    public Role Role { get; private set; }

    /// <summary>SHA-256 of the link's secret, which is stored nowhere.</summary>
    [Secret]
    public byte[] TokenHash { get; private set; } = [];

    /// <summary>Whether the link was shown to whoever invited: it proves nothing about the address then.</summary>
    public bool LinkWasShown { get; private set; }

    public Guid? InvitedByUserId { get; private set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the link that works now was made.</summary>
    public DateTimeOffset RenewedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public Guid? MailId { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    public Guid? AcceptedByUserId { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public Organization Organization { get; init; } = null!;
    public User? InvitedBy { get; init; }
    public QueuedMail? Mail { get; init; }

    public bool IsOpen => AcceptedAt is null && RevokedAt is null;

    /// <summary>Makes a new link; the one before is dead.</summary>
    public void Renew(byte[] tokenHash, bool linkIsShown, Role role, Guid byUserId, Guid mailId, DateTimeOffset now)
    {
        (TokenHash, LinkWasShown, Role, InvitedByUserId, MailId) = (tokenHash, linkIsShown, role, byUserId, mailId);
        (RenewedAt, ExpiresAt) = (now, now + Lifetime);
    }

    public bool HasExpired(DateTimeOffset now) => now >= ExpiresAt;

    public void Accept(Guid userId, DateTimeOffset now) => (AcceptedAt, AcceptedByUserId) = (now, userId);

    public void Revoke(DateTimeOffset now) => RevokedAt = now;

    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.Property(i => i.Email).HasMaxLength(256);
        builder.Property(i => i.NormalizedEmail).HasMaxLength(256);
        builder.Ignore(i => i.IsOpen);
        builder.HasIndex(i => i.TokenHash).IsUnique();
        builder.HasIndex(i => new { i.OrganizationId, i.NormalizedEmail }).IsUnique().HasFilter("accepted_at IS NULL AND revoked_at IS NULL");
        builder.HasOne(i => i.Organization).WithMany().HasForeignKey(i => i.OrganizationId);
        builder.HasOne(i => i.InvitedBy).WithMany().HasForeignKey(i => i.InvitedByUserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.AcceptedByUserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(i => i.Mail).WithMany().HasForeignKey(i => i.MailId).OnDelete(DeleteBehavior.SetNull);
    }
}
