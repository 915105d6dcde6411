using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A team owns one service of a repository that others own too.</summary>
public sealed class TeamService : IOwned, IEntityTypeConfiguration<TeamService>
{
    public Guid TeamId { get; init; }
    public Guid ServiceId { get; init; }
    public Guid OrganizationId { get; init; }
    public DateTimeOffset AddedAt { get; init; }
    public Guid? AddedByUserId { get; init; }

    public void Configure(EntityTypeBuilder<TeamService> builder)
    {
        builder.HasKey(s => new { s.TeamId, s.ServiceId });
        builder.HasIndex(s => s.ServiceId);
        builder.HasIndex(s => s.OrganizationId);
        builder.HasOne<Team>().WithMany().HasForeignKey(s => s.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Service>().WithMany().HasForeignKey(s => s.ServiceId).OnDelete(DeleteBehavior.Cascade);
    }
}
