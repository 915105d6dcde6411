using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>How far one resource of one scope (a repository) has been read; written in the transaction of the rows it stands for.</summary>
public sealed class SyncCursor : IOwned, IEntityTypeConfiguration<SyncCursor>
{
    public Guid OrganizationId { get; init; }
    public Guid ConnectionId { get; init; }
    public required string Connector { get; init; }

    /// <summary>The provider's id of the repository; empty for what belongs to the whole connection.</summary>
    public required string Scope { get; init; }

    public required string Resource { get; init; }

    /// <summary>The connector's own text; nobody else reads it.</summary>
    public required string Value { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public void Configure(EntityTypeBuilder<SyncCursor> builder)
    {
        builder.HasKey(c => new { c.ConnectionId, c.Connector, c.Scope, c.Resource });
        builder.HasOne<Connection>().WithMany().HasForeignKey(c => c.ConnectionId);
    }
}
