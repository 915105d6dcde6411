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

    /// <summary>What it builds, as a person said; null leaves it to the organization's rules.</summary>
    [Linked]
    public MobilePlatforms? ChosenMobile { get; private set; }

    [Linked]
    public DateTimeOffset? ChosenAt { get; private set; }

    [Linked]
    public Guid? ChosenByUserId { get; private set; }

    public static Guid IdOf(Guid repositoryId, long externalId) => StableId.From(repositoryId, "workflow", externalId);

    /// <param name="mobile">Null takes the word back.</param>
    public void ChooseMobile(MobilePlatforms? mobile, Guid userId, DateTimeOffset now) => (ChosenMobile, ChosenByUserId, ChosenAt) = (mobile, userId, now);

    public void Configure(EntityTypeBuilder<Workflow> builder)
    {
        builder.HasIndex(w => w.RepositoryId);
        builder.HasOne<Repository>().WithMany().HasForeignKey(w => w.RepositoryId);
    }
}
