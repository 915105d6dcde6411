using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A Git tag and the commit it names, whether or not a release was made of it (M8).</summary>
public sealed class GitTag : IOwned, IEntityTypeConfiguration<GitTag>
{
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public required string Name { get; init; }
    public required string Sha { get; init; }

    /// <summary>When it was tagged; null for a lightweight tag, which has no date of its own.</summary>
    public DateTimeOffset? TaggedAt { get; init; }

    public DateTimeOffset CommittedAt { get; init; }

    public void Configure(EntityTypeBuilder<GitTag> builder)
    {
        builder.ToTable("git_tags");
        builder.HasKey(t => new { t.RepositoryId, t.Name });
        builder.HasIndex(t => t.OrganizationId);
        builder.HasOne<Repository>().WithMany().HasForeignKey(t => t.RepositoryId);
    }
}
