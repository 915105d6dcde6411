using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A source repository, known by the provider's id because names change.</summary>
public sealed class Repository : IOwned, IEntityTypeConfiguration<Repository>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid ConnectionId { get; init; }
    public required string ExternalId { get; init; }

    /// <summary>The provider's other id, by which many repositories are asked about at once.</summary>
    [KeptWhenUnknown]
    public string? NodeId { get; init; }

    public required string FullName { get; init; }
    public required string Url { get; init; }

    /// <summary>Null while the repository is empty.</summary>
    public string? DefaultBranch { get; init; }

    public bool IsPrivate { get; init; }
    public bool IsArchived { get; init; }
    public bool IsFork { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>Since when the provider no longer shows it; null again when it comes back. What was read stays.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    /// <summary>Where the default branch was when its history was last read to the end; null until then.</summary>
    [Linked]
    public string? HeadSha { get; set; }

    /// <summary>When a sync last changed anything of it, and when Linking last took that up.</summary>
    [Linked]
    public DateTimeOffset? ChangedAt { get; set; }

    [Linked]
    public DateTimeOffset? LinkedAt { get; set; }

    /// <summary>Since when it is not among the chosen repositories: its facts stay, and nothing is derived from them. Null while it is.</summary>
    [Linked]
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>
    /// Where it was before it was renamed or transferred, lower case: what others wrote down still leads here, until another repository
    /// takes the name.
    /// </summary>
    [Linked]
    public string[] FormerUrls { get; set; } = [];

    public static Guid IdOf(Guid organizationId, string externalId) => StableId.From(organizationId, "repository", externalId);

    public void Configure(EntityTypeBuilder<Repository> builder)
    {
        builder.HasIndex(r => new { r.OrganizationId, r.FullName });
        builder.HasOne<Organization>().WithMany().HasForeignKey(r => r.OrganizationId);
        builder.HasOne<Connection>().WithMany().HasForeignKey(r => r.ConnectionId);
    }
}
