using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A commit reachable from the default branch or from what was deployed, with its parents: the graph that deployments are read from (M15).</summary>
public sealed class Commit : IOwned, IEntityTypeConfiguration<Commit>
{
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public required string Sha { get; init; }
    public required string Headline { get; init; }
    public DateTimeOffset AuthoredAt { get; init; }
    public DateTimeOffset CommittedAt { get; init; }
    public string[] ParentShas { get; init; } = [];

    /// <summary>What its message says that it reverts, as <see cref="RevertText"/> reads it; empty for other commits.</summary>
    public string[] NamedReverts { get; init; } = [];

    /// <summary>Null when the author's email belongs to no account.</summary>
    public Guid? AuthorAccountId { get; init; }

    public string? AuthorName { get; init; }
    public string? AuthorEmail { get; init; }

    public void Configure(EntityTypeBuilder<Commit> builder)
    {
        builder.HasKey(c => new { c.RepositoryId, c.Sha });
        builder.HasIndex(c => new { c.OrganizationId, c.CommittedAt });
        builder.HasIndex(c => c.RepositoryId, "ix_commits_reverts").HasFilter("cardinality(named_reverts) > 0");
        builder.Property(c => c.NamedReverts).HasDefaultValueSql("ARRAY[]::text[]");
        builder.HasOne<Repository>().WithMany().HasForeignKey(c => c.RepositoryId);
    }
}
