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

    /// <summary>It ended, and nothing says when: it is not open and has no duration (M23).</summary>
    public bool HasUnknownEnd { get; private set; }

    /// <summary>
    /// Commits and addresses that the incident names as its cause, apart by blanks; null when it names none.
    /// </summary>
    public string? NamedCause { get; set; }

    /// <summary>
    /// It names only repositories that no service covers, so that the only service is not the affected one (M22).
    /// </summary>
    public bool NamesOther { get; set; }

    /// <summary>
    /// Whether it counts in production's numbers: its environment is none or one of production (M13, M23).
    /// </summary>
    public bool IsProduction { get; init; } = true;

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

    /// <summary>
    /// Of the named causes those that no deployment matches, apart by blanks; null when there are none.
    /// </summary>
    public string? UnlinkedCauses { get; private set; }

    /// <summary>
    /// The latest deployment before it, whatever the window, and how long before it started; null when there is none.
    /// </summary>
    public Guid? WindowDeploymentId { get; init; }

    public double? WindowGapSeconds { get; init; }

    /// <summary>What its source alone says of it; null when entered manually and never merged.</summary>
    public IncidentReport? Report { get; private set; }

    /// <summary>
    /// The incident that this one is another sight of (M23): that one counts and shows it, this one doesn't.
    /// </summary>
    public Guid? MergedIntoId { get; private set; }

    public DateTimeOffset? MergedAt { get; private set; }

    /// <summary>Who merged it; null when a rule did.</summary>
    public Guid? MergedByUserId { get; private set; }

    /// <summary>When a person said that it is an incident of its own, which no rule merges again.</summary>
    public DateTimeOffset? SplitAt { get; private set; }

    public Guid? SplitByUserId { get; private set; }

    /// <summary>When its source was last heard of it; null when entered by hand.</summary>
    public DateTimeOffset? LastHeardAt { get; private set; }

    /// <summary>What a person set, which its source does not change any more.</summary>
    public string[] SetByHand { get; private set; } = [];

    /// <summary>Null when it counts; else why it does not.</summary>
    public LeftOut? LeftOut { get; set; }

    public bool IsOpen => ResolvedAt is null && !HasUnknownEnd;

    /// <summary>Open, and its source has been silent for so long that it may well be over: it is shown so, never closed in silence.</summary>
    public bool IsStaleAt(DateTimeOffset now) => IsOpen && now - LastHeardAt > StaleAfter;

    /// <summary>Somebody entered, changed or decided something about it, so that it stays whatever its source says.</summary>
    public bool IsTouchedByHand =>
        Source == ByHand || SetByHand.Length > 0 || LinkMethod == IncidentLinkMethod.Person || LeftOut is not null
        || MergedByUserId is not null || SplitAt is not null;

    /// <summary>A person's word about these properties is kept against what its source says later.</summary>
    public void KeepAsSet(params IEnumerable<string> names) =>
        SetByHand = [.. SetByHand.Union(names, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Keeps what its source alone says of it.</summary>
    public void Hear(IncidentReport report)
    {
        if (Report?.IsSameAs(report) != true) Report = report;
    }

    /// <summary>What is known of an incident that was entered manually, so that a merge can be undone.</summary>
    public void KeepAsEntered() => Report ??= new IncidentReport(
        Title, Url, Severity, ServiceId, Environment, NamedCause, StartedAt, AcknowledgedAt, ResolvedAt,
            StartedAt) { HasUnknownEnd = HasUnknownEnd, NamesOther = NamesOther };

    /// <summary>Takes over what its source says, except for what a person set.</summary>
    public void Follow(IncidentReport report)
    {
        if (!IsSet(nameof(Title))) Title = report.Title;
        if (!IsSet(nameof(Url))) Url = report.Url;
        if (!IsSet(nameof(Severity))) Severity = report.Severity;
        if (!IsSet(nameof(ServiceId))) ServiceId = report.ServiceId;
        if (!IsSet(nameof(Environment))) Environment = report.Environment;
        if (!IsSet(nameof(NamedCause))) NamedCause = report.NamedCause;
        if (!IsSet(nameof(ServiceId))) NamesOther = report.NamesOther;
        if (!IsSet(nameof(StartedAt))) StartedAt = report.StartedAt;
        AcknowledgedAt = report.AcknowledgedAt;
        if (Source != ByHand) LastHeardAt = report.LastHeardAt;
        if (IsSet(nameof(ResolvedAt))) return;
        if (report.ResolvedAt is { } at) Resolve(at);
        else Reopen();
        HasUnknownEnd = report.HasUnknownEnd && report.ResolvedAt is null;

        bool IsSet(string name) => SetByHand.Contains(name, StringComparer.Ordinal);
    }

    /// <summary>Ends it; an end before the start is the start (M6).</summary>
    public void Resolve(DateTimeOffset at) => (ResolvedAt, HasUnknownEnd) = (at < StartedAt ? StartedAt : at, false);

    public void Reopen() => (ResolvedAt, HasUnknownEnd) = (null, false);

    /// <summary>It is another sight of that incident.</summary>
    /// <param name="userId">Who says so; null for a rule.</param>
    public void MergeInto(Guid id, Guid? userId, DateTimeOffset now)
    {
        (MergedIntoId, MergedAt, MergedByUserId) = (id, now, userId);
        (SplitAt, SplitByUserId) = (null, null);
    }

    /// <summary>It is an incident of its own, whatever rules find.</summary>
    public void Split(Guid userId, DateTimeOffset now)
    {
        Unmerge();
        (SplitAt, SplitByUserId) = (now, userId);
    }

    /// <summary>Rules decide again whether it is another sight of an incident.</summary>
    public void MergeByRule()
    {
        Unmerge();
        (SplitAt, SplitByUserId) = (null, null);
    }

    /// <summary>No rule merges it any more.</summary>
    public void Unmerge() => (MergedIntoId, MergedAt, MergedByUserId) = (null, null, null);

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
        builder.Property(i => i.UnlinkedCauses).HasMaxLength(1000);
        builder.Property(i => i.IsProduction).HasDefaultValue(true).HasSentinel(true);
        builder.Property(i => i.Report!).IsJson();
        builder.HasIndex(i => new { i.OrganizationId, i.Source, i.SourceKey }).IsUnique().HasFilter("source_key IS NOT NULL");
        builder.HasIndex(i => new { i.OrganizationId, i.StartedAt });
        builder.HasIndex(i => i.DeploymentId);
        builder.HasIndex(i => i.FixDeploymentId).HasFilter("fix_deployment_id IS NOT NULL");
        builder.HasIndex(i => i.MergedIntoId).HasFilter("merged_into_id IS NOT NULL");
        builder.HasOne<Organization>().WithMany().HasForeignKey(i => i.OrganizationId);
        builder.HasOne<Incident>().WithMany().HasForeignKey(i => i.MergedIntoId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Service>().WithMany().HasForeignKey(i => i.ServiceId).OnDelete(DeleteBehavior.SetNull);
    }
}
