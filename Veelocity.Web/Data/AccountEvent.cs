using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>What happened to an account's security.</summary>
public enum AccountEventKind
{
    SignedIn,
    PasswordChanged,
    PasswordReset,
    EmailConfirmed,
    EmailChanged,
    TwoFactorTurnedOn,
    TwoFactorTurnedOff,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    PasskeyAdded,
    PasskeyRemoved,
    GitHubLinked,
    GitHubUnlinked,
    SessionEnded,
    OtherSessionsEnded,
    OrganizationDeleted,
}

/// <summary>A line of an account's own history, which belongs to no organization; its owner reads it to notice what they did not do.</summary>
public sealed class AccountEvent : IEntityTypeConfiguration<AccountEvent>
{
    public const int LongestDetail = 200;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }
    public DateTimeOffset At { get; init; }
    public AccountEventKind Kind { get; init; }

    /// <summary>With what or on what: a passkey's name, a browser; null when the kind says all.</summary>
    public string? Detail { get; init; }

    public IPAddress? Address { get; init; }

    /// <summary>The detail of <see cref="AccountEventKind.OrganizationDeleted"/>; its end tells the address.</summary>
    public static string OfDeleted(string name, string slug) => $"{name}{AddressOfDeleted(slug)}";

    public static string AddressOfDeleted(string slug) => $" (/o/{slug})";

    public void Configure(EntityTypeBuilder<AccountEvent> builder)
    {
        builder.Property(e => e.Detail).HasMaxLength(LongestDetail);
        builder.HasIndex(e => new { e.UserId, e.At });
        builder.HasOne<User>().WithMany().HasForeignKey(e => e.UserId);
    }
}
