using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>How bad an incident was, worst first.</summary>
public enum IncidentSeverity
{
    Critical,
    High,
    Medium,
    Low,
}

/// <summary>How an incident's deployment was found (M22), the surest first.</summary>
public enum IncidentLinkMethod
{
    /// <summary>Somebody said so, also that there is none.</summary>
    Person,

    /// <summary>The incident names the deployment's address or commit.</summary>
    Named,

    /// <summary>The deployment whose rollback, revert or hotfix ended it.</summary>
    Remedy,

    /// <summary>The latest of the affected service before it started, within the organization's window.</summary>
    Window,
}

/// <summary>A time in which something did not work for its users, and the deployment that brought it.</summary>
public sealed class Incident : IOwned, IEntityTypeConfiguration<Incident>
{
    /// <summary>Where an incident comes from that somebody entered by hand.</summary>
    public const string ByHand = "manual";

    /// <summary>Opened again within this span it is the same incident (M23).</summary>
    public static readonly TimeSpan ReopenSpan = TimeSpan.FromHours(24);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; init; }

    /// <summary>The connector it was found by, or <see cref="ByHand"/>.</summary>
    public string Source { get; init; } = ByHand;

    /// <summary>What identifies it there; null when entered by hand.</summary>
    public string? SourceKey { get; init; }

    public required string Title { get; set; }
    public string? Url { get; set; }
    public IncidentSeverity? Severity { get; set; }

    /// <summary>What was affected; null when nobody knows.</summary>
    public Guid? ServiceId { get; set; }

    /// <summary>The affected environment; null means production.</summary>
    public string? Environment { get; set; }

    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? ResolvedAt { get; private set; }

    /// <summary>A commit or an address that the incident names as its cause; null when it names none.</summary>
    public string? NamedCause { get; set; }

    public Guid? CreatedByUserId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The production deployment that brought it; null when unlinked.</summary>
    public Guid? DeploymentId { get; private set; }

    /// <summary>How that was found; <see cref="IncidentLinkMethod.Person"/> without a deployment means that a person said there is none.</summary>
    public IncidentLinkMethod? LinkMethod { get; private set; }

    /// <summary>Between 0 and 1: 1 by a person, less the weaker the evidence.</summary>
    public double? LinkConfidence { get; private set; }

    public DateTimeOffset? LinkedAt { get; private set; }
    public Guid? LinkedByUserId { get; private set; }

    /// <summary>The deployment that ended it; null when unknown.</summary>
    public Guid? FixDeploymentId { get; private set; }

    /// <summary>Null when it counts; else why it does not.</summary>
    public LeftOut? LeftOut { get; set; }

    public bool IsOpen => ResolvedAt is null;

    /// <summary>Ends it; an end before the start is the start (M6).</summary>
    public void Resolve(DateTimeOffset at) => ResolvedAt = at < StartedAt ? StartedAt : at;

    public void Reopen() => ResolvedAt = null;

    /// <summary>A person's word is kept against everything found later; null says that no deployment brought it.</summary>
    public void LinkByHand(Guid? deploymentId, Guid userId, DateTimeOffset now) =>
        (DeploymentId, LinkMethod, LinkConfidence, LinkedAt, LinkedByUserId) = (deploymentId, IncidentLinkMethod.Person, 1, now, userId);

    /// <summary>Takes a person's word back, so that the deployment is found by rule again.</summary>
    public void LinkByRule() =>
        (DeploymentId, LinkMethod, LinkConfidence, LinkedAt, LinkedByUserId) = (null, null, null, null, null);

    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.Property(i => i.Source).HasMaxLength(40);
        builder.Property(i => i.SourceKey).HasMaxLength(300);
        builder.Property(i => i.Title).HasMaxLength(300);
        builder.Property(i => i.Url).HasMaxLength(1000);
        builder.Property(i => i.Environment).HasMaxLength(255);
        builder.Property(i => i.NamedCause).HasMaxLength(1000);
        builder.HasIndex(i => new { i.OrganizationId, i.Source, i.SourceKey }).IsUnique().HasFilter("source_key IS NOT NULL");
        builder.HasIndex(i => new { i.OrganizationId, i.StartedAt });
        builder.HasIndex(i => i.DeploymentId);
        builder.HasIndex(i => i.FixDeploymentId).HasFilter("fix_deployment_id IS NOT NULL");
        builder.HasOne<Organization>().WithMany().HasForeignKey(i => i.OrganizationId);
        builder.HasOne<Service>().WithMany().HasForeignKey(i => i.ServiceId).OnDelete(DeleteBehavior.SetNull);
    }
}
