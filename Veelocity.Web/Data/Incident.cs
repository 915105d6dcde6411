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

    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(3);

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

    /// <summary>When its source was last heard of it; null when entered by hand.</summary>
    public DateTimeOffset? LastHeardAt { get; private set; }

    /// <summary>What a person set, which its source does not change any more.</summary>
    public string[] SetByHand { get; private set; } = [];

    /// <summary>Null when it counts; else why it does not.</summary>
    public LeftOut? LeftOut { get; set; }

    public bool IsOpen => ResolvedAt is null;

    /// <summary>Open, and its source has been silent for so long that it may well be over: it is shown so, never closed in silence.</summary>
    public bool IsStaleAt(DateTimeOffset now) => IsOpen && now - LastHeardAt > StaleAfter;

    /// <summary>Somebody entered, changed or decided something about it, so that it stays whatever its source says.</summary>
    public bool IsTouchedByHand => Source == ByHand || SetByHand.Length > 0 || LinkMethod == IncidentLinkMethod.Person || LeftOut is not null;

    /// <summary>A person's word about these properties is kept against what its source says later.</summary>
    public void KeepAsSet(params IEnumerable<string> names) =>
        SetByHand = [.. SetByHand.Union(names, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Takes over what its source says, except for what a person set.</summary>
    public void Follow(IncidentReport report)
    {
        if (!IsSet(nameof(Title))) Title = report.Title;
        if (!IsSet(nameof(Url))) Url = report.Url;
        if (!IsSet(nameof(Severity))) Severity = report.Severity;
        if (!IsSet(nameof(ServiceId))) ServiceId = report.ServiceId;
        if (!IsSet(nameof(Environment))) Environment = report.Environment;
        if (!IsSet(nameof(NamedCause))) NamedCause = report.NamedCause;
        if (!IsSet(nameof(StartedAt))) StartedAt = report.StartedAt;
        (AcknowledgedAt, LastHeardAt) = (report.AcknowledgedAt, report.LastHeardAt);
        if (IsSet(nameof(ResolvedAt))) return;
        if (report.ResolvedAt is { } at) Resolve(at);
        else Reopen();

        bool IsSet(string name) => SetByHand.Contains(name, StringComparer.Ordinal);
    }

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

/// <summary>What a source says of an incident.</summary>
public sealed record IncidentReport(
    string Title, string? Url, IncidentSeverity? Severity, Guid? ServiceId, string? Environment, string? NamedCause, DateTimeOffset StartedAt,
    DateTimeOffset? AcknowledgedAt, DateTimeOffset? ResolvedAt, DateTimeOffset LastHeardAt);
