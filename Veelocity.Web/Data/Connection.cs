using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>An organization's access to one provider. Disconnecting erases the secret and keeps what was read.</summary>
public sealed class Connection : IOwned, IEntityTypeConfiguration<Connection>
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; init; }

    /// <summary>The connector whose credentials these are, such as <c>github</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The provider's own address when it is not the public one (GitHub Enterprise Server); null for the configured default.</summary>
    public string? BaseUrl { get; private set; }

    /// <summary>The token, encrypted by Data Protection; null once disconnected.</summary>
    [Secret]
    public string? ProtectedSecret { get; private set; }

    /// <summary>Whose token it is, as the provider names them.</summary>
    public string? Account { get; private set; }

    /// <summary>Full names of the repositories, or ids or keys of the teams, to read; null means all that the token sees.</summary>
    public string[]? SelectedRepositories { get; private set; }

    public DateTimeOffset ConnectedAt { get; private set; }
    public Guid? ConnectedByUserId { get; private set; }
    public DateTimeOffset? DisconnectedAt { get; private set; }

    /// <summary>When the provider last refused the token, and how; both null while it is accepted.</summary>
    public DateTimeOffset? RefusedAt { get; private set; }
    public string? RefusedReason { get; private set; }

    /// <summary>When something of its planned work was last stored, and when links were last derived from that.</summary>
    public DateTimeOffset? ChangedAt { get; set; }
    public DateTimeOffset? LinkedAt { get; set; }

    /// <summary>Addresses that the issue tracker has and that lead to no repository here: they are not looked up again before a full sync.</summary>
    public string[] UnknownUrls { get; set; } = [];

    public bool IsConnected => ProtectedSecret is not null;

    public void Connect(string protectedSecret, string? baseUrl, string? account, string[]? repositories, Guid userId, DateTimeOffset now)
    {
        ProtectedSecret = protectedSecret;
        BaseUrl = baseUrl;
        Account = account;
        SelectedRepositories = repositories;
        ConnectedByUserId = userId;
        ConnectedAt = now;
        DisconnectedAt = null;
        Accepted();
    }

    public void Disconnect(DateTimeOffset now)
    {
        ProtectedSecret = null;
        DisconnectedAt = now;
    }

    /// <summary>The same access with new credentials in place of those that ran out.</summary>
    public void Renew(string protectedSecret) => ProtectedSecret = protectedSecret;

    public void Select(string[]? repositories) => SelectedRepositories = repositories;

    public void Accepted() => (RefusedAt, RefusedReason) = (null, null);

    public void Refused(string reason, DateTimeOffset now) => (RefusedAt, RefusedReason) = (now, reason);

    public void Configure(EntityTypeBuilder<Connection> builder)
    {
        builder.Property(c => c.Kind).HasMaxLength(40);
        builder.Property(c => c.BaseUrl).HasMaxLength(300);
        builder.Property(c => c.Account).HasMaxLength(200);
        builder.Property(c => c.RefusedReason).HasMaxLength(1000);
        builder.HasIndex(c => new { c.OrganizationId, c.Kind }).IsUnique();
        builder.HasOne<Organization>().WithMany().HasForeignKey(c => c.OrganizationId);
    }
}
