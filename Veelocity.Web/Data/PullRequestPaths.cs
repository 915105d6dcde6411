using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>The files that a pull request changed; read only for repositories that are split into services by paths.</summary>
public sealed class PullRequestPaths : IOwned, IEntityTypeConfiguration<PullRequestPaths>
{
    public Guid PullRequestId { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }

    /// <summary>As they are called after the change.</summary>
    public string[] Paths { get; init; } = [];

    /// <summary>False when the provider tells no more of them: it lists the first 3,000.</summary>
    public bool IsComplete { get; init; }

    // No key to pull_requests: a pull request that is opened between two readings is told with its files first.
    public void Configure(EntityTypeBuilder<PullRequestPaths> builder)
    {
        builder.ToTable("pull_request_paths");
        builder.HasKey(p => p.PullRequestId);
        builder.HasIndex(p => p.RepositoryId);
        builder.HasIndex(p => p.OrganizationId);
        builder.HasOne<Repository>().WithMany().HasForeignKey(p => p.RepositoryId);
    }
}
