using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A job of one run attempt; read for the runs that deploy and for those that failed.</summary>
public sealed class WorkflowJob : IOwned, IEntityTypeConfiguration<WorkflowJob>
{
    public Guid OrganizationId { get; init; }
    public Guid RunId { get; init; }
    public long ExternalId { get; init; }
    public required string Name { get; init; }
    public required string Status { get; init; }
    public string? Conclusion { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The first step that failed; null when none did.</summary>
    public string? FailedStep { get; init; }

    public void Configure(EntityTypeBuilder<WorkflowJob> builder)
    {
        builder.HasKey(j => new { j.RunId, j.ExternalId });
        builder.HasIndex(j => j.OrganizationId);
        builder.HasOne<WorkflowRun>().WithMany().HasForeignKey(j => j.RunId);
    }
}
