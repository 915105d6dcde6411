using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A piece of planned work larger than an issue, of one team or several.</summary>
public sealed class Project : IOwned, IEntityTypeConfiguration<Project>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid ConnectionId { get; init; }
    public required string ExternalId { get; init; }
    public required string Name { get; init; }
    public required string Url { get; init; }

    /// <summary>The provider's word for its state.</summary>
    public required string StatusName { get; init; }

    /// <summary>backlog, planned, started, paused, completed or canceled; others may come.</summary>
    public required string StatusType { get; init; }

    /// <summary>onTrack, atRisk or offTrack, as last reported; null when nobody did.</summary>
    public string? Health { get; init; }

    public Guid? LeadAccountId { get; init; }
    public Guid[] IssueTeamIds { get; init; } = [];
    public DateOnly? StartDate { get; init; }
    public DateOnly? TargetDate { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public DateTimeOffset? CanceledAt { get; init; }
    public DateTimeOffset? ArchivedAt { get; init; }

    public static Guid IdOf(Guid organizationId, string externalId) => StableId.From(organizationId, "project", externalId);

    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.HasIndex(p => new { p.OrganizationId, p.UpdatedAt }).IsDescending(false, true);
        builder.HasOne<Connection>().WithMany().HasForeignKey(p => p.ConnectionId);
    }
}
