using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>What an environment is for, as a person said.</summary>
public enum EnvironmentUse
{
    Production,
    Staging,

    /// <summary>Nobody wants to see it: it gives no deployments.</summary>
    Ignored,
}

/// <summary>A person's word on an environment's use (M13), for one repository or all; it goes before what the provider declares and the pattern.</summary>
public sealed class EnvironmentRule : IOwned, IEntityTypeConfiguration<EnvironmentRule>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }

    /// <summary>Null for every repository of the organization; a repository's own rule goes before it.</summary>
    public Guid? RepositoryId { get; init; }

    /// <summary>The environment's whole name; its case does not count.</summary>
    public required string Name { get; init; }

    public EnvironmentUse Use { get; set; }
    public DateTimeOffset SetAt { get; set; }
    public Guid? SetByUserId { get; set; }

    public static Guid IdOf(Guid organizationId, Guid? repositoryId, string name) =>
        StableId.From(repositoryId ?? organizationId, "environment rule", name.ToLowerInvariant());

    public void Configure(EntityTypeBuilder<EnvironmentRule> builder)
    {
        builder.Property(r => r.Name).HasMaxLength(255);
        builder.HasIndex(r => new { r.OrganizationId, r.RepositoryId });
        builder.HasOne<Repository>().WithMany().HasForeignKey(r => r.RepositoryId);
    }
}
