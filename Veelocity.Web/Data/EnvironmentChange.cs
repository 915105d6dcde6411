using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>
/// A merged pull request in the first deployment into an environment that is not production: what <see
/// cref="DeployedChange"/> is for
/// production, for whoever asks for that environment's lead times (M13, M19).
/// </summary>
public sealed class EnvironmentChange : IOwned, IEntityTypeConfiguration<EnvironmentChange>
{
    public Guid PullRequestId { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public Guid ServiceId { get; init; }
    public required string Environment { get; init; }
    public Guid DeploymentId { get; init; }
    public DateTimeOffset DeployedAt { get; init; }
    public LeftOut? LeftOut { get; init; }
    public double LeadSeconds { get; init; }
    public double CodingSeconds { get; init; }
    public double? PickupSeconds { get; init; }
    public double? ReviewSeconds { get; init; }
    public double MergeSeconds { get; init; }
    public double DeploySeconds { get; init; }
    public bool IsByTime { get; init; }
    public bool IsSkewed { get; init; }

    public static EnvironmentChange Of(DeployedChange change, string environment) => new()
    {
        PullRequestId = change.PullRequestId,
        OrganizationId = change.OrganizationId,
        RepositoryId = change.RepositoryId,
        ServiceId = change.ServiceId,
        Environment = environment,
        DeploymentId = change.DeploymentId,
        DeployedAt = change.DeployedAt,
        LeftOut = change.LeftOut,
        LeadSeconds = change.LeadSeconds,
        CodingSeconds = change.CodingSeconds,
        PickupSeconds = change.PickupSeconds,
        ReviewSeconds = change.ReviewSeconds,
        MergeSeconds = change.MergeSeconds,
        DeploySeconds = change.DeploySeconds,
        IsByTime = change.IsByTime,
        IsSkewed = change.IsSkewed,
    };

    public void Configure(EntityTypeBuilder<EnvironmentChange> builder)
    {
        builder.HasKey(c => new { c.PullRequestId, c.ServiceId, c.Environment });
        builder.Property(c => c.Environment).HasMaxLength(255);
        builder.HasIndex(c => new { c.OrganizationId, c.Environment, c.DeployedAt });
        builder.HasIndex(c => c.RepositoryId);
        builder.HasIndex(c => c.DeploymentId);
        builder.HasOne<PullRequest>().WithMany().HasForeignKey(c => c.PullRequestId);
        builder.HasOne<Deployment>().WithMany().HasForeignKey(c => c.DeploymentId);
    }
}
