using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>
/// Counts how often the rows that metrics read were changed: deployments and deployed changes of a repository, incidents of an organization.
/// Triggers in the database count, in the transaction that changes them; so what is held in memory is known to be old whoever wrote.
/// </summary>
public sealed class MetricsVersion : IOwned, IEntityTypeConfiguration<MetricsVersion>
{
    /// <summary>The repository; for incidents the organization.</summary>
    public Guid ScopeId { get; init; }

    public Guid OrganizationId { get; init; }
    public long Version { get; init; }

    public void Configure(EntityTypeBuilder<MetricsVersion> builder)
    {
        builder.HasKey(v => v.ScopeId);
        builder.HasIndex(v => v.OrganizationId);
    }
}
