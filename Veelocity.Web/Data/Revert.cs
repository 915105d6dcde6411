using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>
/// A pull request or direct push that reverts another, with the deployments that contain both (M21, M24, M30); a row for each service that
/// deployed what was reverted. Without a known target it has one row that names none.
/// </summary>
public sealed class Revert : IOwned, IEntityTypeConfiguration<Revert>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }

    /// <summary>The pull request that reverts; null for a direct push, which <see cref="CommitSha"/> names.</summary>
    public Guid? PullRequestId { get; init; }

    public string? CommitSha { get; init; }

    /// <summary>The pull request that is reverted; null when it is a direct push or unknown.</summary>
    public Guid? RevertedPullRequestId { get; init; }

    public string? RevertedSha { get; init; }

    /// <summary>When the revert was merged or pushed; null while its pull request is not merged.</summary>
    public DateTimeOffset? MergedAt { get; init; }

    /// <summary>The first production deployment that contains the revert; null while there is none.</summary>
    public Guid? DeploymentId { get; init; }

    /// <summary>The production deployment that contained what was reverted afterwards; null when it was not deployed before.</summary>
    public Guid? RevertedDeploymentId { get; init; }

    public void Configure(EntityTypeBuilder<Revert> builder)
    {
        builder.HasIndex(r => new { r.OrganizationId, r.MergedAt });
        builder.HasIndex(r => r.RepositoryId);
        builder.HasIndex(r => r.PullRequestId);
        builder.HasIndex(r => r.RevertedPullRequestId);
        builder.HasIndex(r => r.DeploymentId);
        builder.HasIndex(r => r.RevertedDeploymentId);
        builder.HasOne<Repository>().WithMany().HasForeignKey(r => r.RepositoryId);
    }
}
