using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A team owns a repository with all its services. Several teams can own one: what is deployed from it counts for each of them.</summary>
public sealed class TeamRepository : IOwned, IEntityTypeConfiguration<TeamRepository>
{
    public Guid TeamId { get; init; }
    public Guid RepositoryId { get; init; }
    public Guid OrganizationId { get; init; }
    public DateTimeOffset AddedAt { get; init; }
    public Guid? AddedByUserId { get; init; }

    public void Configure(EntityTypeBuilder<TeamRepository> builder)
    {
        builder.HasKey(r => new { r.TeamId, r.RepositoryId });
        builder.HasIndex(r => r.RepositoryId);
        builder.HasIndex(r => r.OrganizationId);
        builder.HasOne<Team>().WithMany().HasForeignKey(r => r.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Repository>().WithMany().HasForeignKey(r => r.RepositoryId).OnDelete(DeleteBehavior.Cascade);
    }
}
