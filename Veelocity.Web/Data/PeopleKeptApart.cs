using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>Someone said that these two are different people; they are not suggested again.</summary>
public sealed class PeopleKeptApart : IOwned, IEntityTypeConfiguration<PeopleKeptApart>
{
    public Guid OrganizationId { get; init; }

    /// <summary>The lesser of the two ids, so that a pair has one row.</summary>
    public Guid OneId { get; init; }

    public Guid OtherId { get; init; }
    public DateTimeOffset DecidedAt { get; init; }
    public Guid? DecidedByUserId { get; init; }

    public static (Guid One, Guid Other) Pair(Guid one, Guid other) => one.CompareTo(other) <= 0 ? (one, other) : (other, one);

    public void Configure(EntityTypeBuilder<PeopleKeptApart> builder)
    {
        builder.ToTable("people_kept_apart");
        builder.HasKey(p => new { p.OneId, p.OtherId });
        builder.HasIndex(p => p.OrganizationId);
        builder.HasOne<Person>().WithMany().HasForeignKey(p => p.OneId);
        builder.HasOne<Person>().WithMany().HasForeignKey(p => p.OtherId);
    }
}
