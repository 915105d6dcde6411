using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>Where an organization's audit log stands: its newest entry's number and hash. Kept by the database, which also locks it while it writes an entry.</summary>
public sealed class AuditHead : IOwned, IEntityTypeConfiguration<AuditHead>
{
    public Guid OrganizationId { get; init; }
    public long Number { get; init; }
    public byte[] Hash { get; init; } = [];

    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.HasKey(h => h.OrganizationId);
        builder.HasOne<Organization>().WithOne().HasForeignKey<AuditHead>(h => h.OrganizationId);
    }
}
