using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>One sign-in of one browser. Its cookie is good while this row is there and carries the account's present security stamp.</summary>
public sealed class Session : IEntityTypeConfiguration<Session>
{
    /// <summary>Without a request for so long it is over, whatever the cookie says.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }

    /// <summary>The account's stamp at the sign-in; a new password changes it, and every session without the new one is over.</summary>
    public required string SecurityStamp { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Written at most once in some minutes.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The browser in words, such as <c>Firefox on Linux</c>.</summary>
    public required string Device { get; init; }

    /// <summary>How the person showed who they are: <c>password</c>, <c>passkey</c>.</summary>
    public required string SignedInWith { get; init; }

    public IPAddress? Address { get; set; }

    public User User { get; init; } = null!;

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.Property(s => s.SecurityStamp).HasMaxLength(64);
        builder.Property(s => s.Device).HasMaxLength(100);
        builder.Property(s => s.SignedInWith).HasMaxLength(40);
        builder.HasIndex(s => new { s.UserId, s.LastSeenAt });
        builder.HasIndex(s => s.LastSeenAt);
        builder.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId);
    }
}
