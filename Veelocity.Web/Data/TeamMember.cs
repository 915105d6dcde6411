using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A person is in a team, by the issue tracker or because someone said so; what a person decided, either way, stays decided.</summary>
public sealed class TeamMember : IOwned, IEntityTypeConfiguration<TeamMember>
{
    public Guid TeamId { get; init; }
    public Guid PersonId { get; init; }
    public Guid OrganizationId { get; init; }
    public DateTimeOffset AddedAt { get; init; }

    /// <summary>Who put them in or took them out; null when the tracker did.</summary>
    public Guid? DecidedByUserId { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>When someone took them out: the row stays, so that the tracker does not bring them back.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    public void Add(Guid userId, DateTimeOffset now) => (DecidedByUserId, DecidedAt, RemovedAt) = (userId, now, null);

    public void Remove(Guid userId, DateTimeOffset now) => (DecidedByUserId, DecidedAt, RemovedAt) = (userId, now, now);

    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.HasKey(m => new { m.TeamId, m.PersonId });
        builder.HasIndex(m => m.PersonId);
        builder.HasIndex(m => m.OrganizationId);
        builder.HasOne<Team>().WithMany().HasForeignKey(m => m.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
