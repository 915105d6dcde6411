using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>What was done, in the words of the audit log.</summary>
public enum AuditAction
{
    OrganizationFounded,
    OrganizationChanged,
    MemberInvited,
    InvitationResent,
    InvitationRevoked,
    InvitationAccepted,
    MemberRoleChanged,
    MemberRemoved,
    MemberLeft,
    MemberTied,
    ConnectorConnected,
    ConnectorChanged,
    ConnectorDisconnected,
    SyncTriggered,
    SyncStopped,
    WebhookChanged,
    MetricRulesChanged,
    IncidentRulesChanged,
    EnvironmentChanged,
    MetricDecisionMade,
    MetricDecisionTakenBack,
    ServiceChanged,
    BuildRulesChanged,
    TeamChanged,
    PeopleMerged,
    PeopleSplit,
    PeopleKeptApart,
    AccountMarked,
    IncidentChanged,
    IncidentLinked,
    IncidentUnlinked,
    IncidentMerged,
    IncidentSplit,
    IssueLinked,
    IssueUnlinked,
    TokenMade,
    TokenRevoked,
    DataExported,
    BadgesChanged,
}

/// <summary>The way by which something was asked for.</summary>
public enum AuditChannel
{
    Page,
    Api,
    System,
}

/// <summary>
/// Who did what, when and from where. Written with what it tells of, in one transaction, and never changed: the database numbers the entries of an
/// organization without a gap and chains each to the one before by its hash.
/// </summary>
public sealed class AuditEntry : IOwned, IEntityTypeConfiguration<AuditEntry>
{
    public const int LongestSubject = 300, LongestDetail = 2000;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; init; }

    /// <summary>1, 2, 3 … in each organization; given by the database (<see cref="AuditChain"/>).</summary>
    public long Number { get; init; }

    /// <summary>SHA-256 over this entry and the hash of the one before; given by the database.</summary>
    public byte[] Hash { get; init; } = null!;

    public DateTimeOffset At { get; init; }

    /// <summary>Null for what the app did by itself.</summary>
    public Guid? ActorUserId { get; init; }

    /// <summary>The actor's name as it was then: the account may be renamed or deleted later.</summary>
    public required string Actor { get; init; }

    public AuditAction Action { get; init; }

    /// <summary>What it was done to, as people call it: <c>ana@acme.example</c>, <c>acme/shop</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Its id where it is something that can be opened; it may be gone by now.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>What changed, from what to what, in a sentence; null when the action says all.</summary>
    public string? Detail { get; init; }

    public AuditChannel Channel { get; init; }

    /// <summary>Where the request came from; null for what the app did by itself.</summary>
    public IPAddress? Address { get; init; }

    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(e => e.Actor).HasMaxLength(LongestSubject);
        builder.Property(e => e.Subject).HasMaxLength(LongestSubject);
        builder.Property(e => e.Detail).HasMaxLength(LongestDetail);
        // Left out of the insert and read back after it: the trigger says.
        builder.Property(e => e.Number).HasDefaultValue(0L);
        builder.Property(e => e.Hash).HasDefaultValueSql("''");
        builder.HasIndex(e => new { e.OrganizationId, e.Number }).IsUnique();
        builder.HasIndex(e => new { e.OrganizationId, e.At });
        builder.HasOne<Organization>().WithMany().HasForeignKey(e => e.OrganizationId);
    }
}
