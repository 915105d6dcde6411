using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>What a member may do; each role holds the permissions of the one below it.</summary>
public enum Role
{
    Viewer,
    Manager,
    Admin,
}

/// <summary>A user's place in an organization.</summary>
public sealed class Membership : IOwned, IEntityTypeConfiguration<Membership>
{
    public Guid OrganizationId { get; init; }
    public Guid UserId { get; init; }
    public Role Role { get; set; }
    public DateTimeOffset JoinedAt { get; init; }

    /// <summary>Who of the people whose work is measured this member is; null while nobody said.</summary>
    public Guid? PersonId { get; set; }

    public Organization Organization { get; init; } = null!;
    public User User { get; init; } = null!;

    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.HasKey(m => new { m.OrganizationId, m.UserId });
        builder.HasIndex(m => m.UserId);
        builder.HasOne(m => m.Organization).WithMany().HasForeignKey(m => m.OrganizationId);
        builder.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(m => m.User).WithMany().HasForeignKey(m => m.UserId);
    }
}
