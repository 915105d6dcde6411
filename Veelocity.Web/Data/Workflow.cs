using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A workflow definition of a repository.</summary>
public sealed class Workflow : IOwned, IEntityTypeConfiguration<Workflow>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public long ExternalId { get; init; }
    public required string Name { get; init; }

    /// <summary>From the repository's root, such as <c>.github/workflows/deploy.yml</c>.</summary>
    public required string Path { get; init; }

    public required string State { get; init; }

    public static Guid IdOf(Guid repositoryId, long externalId) => StableId.From(repositoryId, "workflow", externalId);

    public void Configure(EntityTypeBuilder<Workflow> builder)
    {
        builder.HasIndex(w => w.RepositoryId);
        builder.HasOne<Repository>().WithMany().HasForeignKey(w => w.RepositoryId);
    }
}
