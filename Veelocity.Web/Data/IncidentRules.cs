using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>How an organization finds incidents in its chat; an organization without a row goes by the shipped rules.</summary>
public sealed class IncidentRules : IOwned, IEntityTypeConfiguration<IncidentRules>
{
    public Guid OrganizationId { get; init; }
    public IncidentRuleSet Set { get; private set; } = new();
    public DateTimeOffset ChangedAt { get; private set; }
    public Guid ChangedByUserId { get; private set; }

    public void Change(IncidentRuleSet set, Guid userId, DateTimeOffset now) => (Set, ChangedByUserId, ChangedAt) = (set, userId, now);

    public void Configure(EntityTypeBuilder<IncidentRules> builder)
    {
        builder.HasKey(r => r.OrganizationId);
        builder.Property(r => r.Set).IsJson();
        builder.HasOne<Organization>().WithOne().HasForeignKey<IncidentRules>(r => r.OrganizationId);
    }
}
