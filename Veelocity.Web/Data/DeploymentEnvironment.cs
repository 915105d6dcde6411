using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>An environment of a repository and what the provider declares of it (M13).</summary>
public sealed class DeploymentEnvironment : IOwned, IEntityTypeConfiguration<DeploymentEnvironment>
{
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public required string Name { get; init; }

    /// <summary>Declared production by its deployments; null when they do not say.</summary>
    public bool? IsDeclaredProduction { get; init; }

    /// <summary>Declared short-lived (previews); never production. Null when not said.</summary>
    public bool? IsDeclaredTransient { get; init; }

    public void Configure(EntityTypeBuilder<DeploymentEnvironment> builder)
    {
        builder.HasKey(e => new { e.RepositoryId, e.Name });
        builder.HasIndex(e => e.OrganizationId);
        builder.HasOne<Repository>().WithMany().HasForeignKey(e => e.RepositoryId);
    }
}
