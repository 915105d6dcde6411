using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>How an organization finds its mobile builds; an organization without a row goes by the shipped rules.</summary>
public sealed class BuildRules : IOwned, IEntityTypeConfiguration<BuildRules>
{
    public Guid OrganizationId { get; init; }
    public BuildRuleSet Set { get; private set; } = new();
    public DateTimeOffset ChangedAt { get; private set; }
    public Guid ChangedByUserId { get; private set; }

    public void Change(BuildRuleSet set, Guid userId, DateTimeOffset now) => (Set, ChangedByUserId, ChangedAt) = (set, userId, now);

    public void Configure(EntityTypeBuilder<BuildRules> builder)
    {
        builder.HasKey(r => r.OrganizationId);
        builder.Property(r => r.Set).IsJson();
        builder.HasOne<Organization>().WithOne().HasForeignKey<BuildRules>(r => r.OrganizationId);
    }
}
