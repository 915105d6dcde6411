using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A published (or drafted) release and the commit its tag names.</summary>
public sealed class Release : IOwned, IEntityTypeConfiguration<Release>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public required string ExternalId { get; init; }
    public required string Tag { get; init; }
    public string? Name { get; init; }
    public required string Url { get; init; }

    /// <summary>Null when the tag's commit is not known.</summary>
    public string? Sha { get; init; }

    public bool IsDraft { get; init; }
    public bool IsPrerelease { get; init; }

    /// <summary>Null for a draft.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    public static Guid IdOf(Guid repositoryId, string externalId) => StableId.From(repositoryId, "release", externalId);

    public void Configure(EntityTypeBuilder<Release> builder)
    {
        builder.HasIndex(r => new { r.RepositoryId, r.PublishedAt });
        builder.HasOne<Repository>().WithMany().HasForeignKey(r => r.RepositoryId);
    }
}
