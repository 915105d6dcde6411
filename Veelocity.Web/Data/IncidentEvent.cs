using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>What happened in the course of an incident.</summary>
public enum IncidentEventKind
{
    Started,
    Acknowledged,
    Said,
    Resolved,
    Reopened,
    Edited,
    Linked,
    Unlinked,
    Merged,
    Split,
}

/// <summary>One entry of an incident's timeline: a message, or what somebody did in Veelocity.</summary>
public sealed class IncidentEvent : IOwned, IEntityTypeConfiguration<IncidentEvent>
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; init; }
    public Guid IncidentId { get; init; }
    public IncidentEventKind Kind { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Who, as the source names them; null when unknown.</summary>
    public string? Actor { get; init; }

    /// <summary>The member who did it in Veelocity; null for what a source told.</summary>
    public Guid? UserId { get; init; }

    public string? Text { get; init; }
    public string? Url { get; init; }

    public void Configure(EntityTypeBuilder<IncidentEvent> builder)
    {
        builder.Property(e => e.Actor).HasMaxLength(200);
        builder.Property(e => e.Text).HasMaxLength(4000);
        builder.Property(e => e.Url).HasMaxLength(1000);
        builder.HasIndex(e => new { e.IncidentId, e.At });
        builder.HasIndex(e => e.OrganizationId);
        builder.HasOne<Incident>().WithMany().HasForeignKey(e => e.IncidentId);
    }
}
