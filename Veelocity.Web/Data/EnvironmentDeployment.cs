using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A deployment into an environment as the provider's Deployments API tells it: raw material for <see cref="Deployment"/>.</summary>
public sealed class EnvironmentDeployment : IOwned, IEntityTypeConfiguration<EnvironmentDeployment>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public long ExternalId { get; init; }

    /// <summary>The provider's other id, by which it is asked again while it has no end.</summary>
    public required string NodeId { get; init; }

    public required string Environment { get; init; }
    public required string Sha { get; init; }
    public string? Ref { get; init; }
    public string? Description { get; init; }
    public Guid? CreatorAccountId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    public static Guid IdOf(Guid repositoryId, long externalId) => StableId.From(repositoryId, "deployment", externalId);

    public void Configure(EntityTypeBuilder<EnvironmentDeployment> builder)
    {
        builder.HasIndex(d => new { d.RepositoryId, d.Environment, d.CreatedAt });
        builder.HasIndex(d => new { d.OrganizationId, d.CreatedAt });
        builder.HasOne<Repository>().WithMany().HasForeignKey(d => d.RepositoryId);
    }
}
