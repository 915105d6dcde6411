using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>One status that a deployment passed; all are kept, because a later one hides when it succeeded.</summary>
public sealed class EnvironmentDeploymentStatus : IOwned, IEntityTypeConfiguration<EnvironmentDeploymentStatus>
{
    public Guid OrganizationId { get; init; }
    public Guid EnvironmentDeploymentId { get; init; }
    public required string ExternalId { get; init; }

    /// <summary>The provider's word in lower case: success, failure, error, inactive, in_progress, queued, pending, waiting.</summary>
    public required string State { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public string? LogUrl { get; init; }

    public void Configure(EntityTypeBuilder<EnvironmentDeploymentStatus> builder)
    {
        builder.HasKey(s => new { s.EnvironmentDeploymentId, s.ExternalId });
        builder.HasIndex(s => s.OrganizationId);
        builder.HasOne<EnvironmentDeployment>().WithMany().HasForeignKey(s => s.EnvironmentDeploymentId);
    }
}
