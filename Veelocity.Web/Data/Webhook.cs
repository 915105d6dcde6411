using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>Lets a provider tell a connection of changes by itself, and holds the secret that proves it is the provider.</summary>
public sealed class Webhook : IOwned, IEntityTypeConfiguration<Webhook>
{
    /// <summary>How long the old secret is good after a change, for the time it takes to enter the new one at the provider.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    public Guid ConnectionId { get; init; }
    public Guid OrganizationId { get; init; }

    /// <summary>The secret, encrypted by Data Protection.</summary>
    [Secret]
    public string ProtectedSecret { get; private set; } = "";

    public DateTimeOffset SecretMadeAt { get; private set; }

    /// <summary>The secret before, and until when it is still accepted.</summary>
    [Secret]
    public string? ProtectedPreviousSecret { get; private set; }
    public DateTimeOffset? PreviousAcceptedUntil { get; private set; }

    public void Take(string protectedSecret, DateTimeOffset now)
    {
        if (ProtectedSecret.Length > 0) (ProtectedPreviousSecret, PreviousAcceptedUntil) = (ProtectedSecret, now + Grace);
        (ProtectedSecret, SecretMadeAt) = (protectedSecret, now);
    }

    /// <summary>The secrets that prove a message now.</summary>
    public IEnumerable<string> ProtectedSecretsAt(DateTimeOffset now) =>
        ProtectedPreviousSecret is { } previous && PreviousAcceptedUntil > now ? [ProtectedSecret, previous] : [ProtectedSecret];

    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.HasKey(w => w.ConnectionId);
        builder.HasIndex(w => w.OrganizationId);
        builder.HasOne<Connection>().WithOne().HasForeignKey<Webhook>(w => w.ConnectionId);
    }
}
