using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>What a member can decide about.</summary>
public enum DecisionSubject
{
    PullRequest,
    Deployment,
    Incident,
}

/// <summary>Whether a row belongs in the numbers, against what the rules say.</summary>
public enum DecisionVerdict
{
    Exclude,
    Include,
}

/// <summary>
/// A member's word that a row belongs in the numbers or does not (M35), with the reason. Never deleted: taken back, it stays as its own
/// history. Rows are derived anew again and again; the decision names its subject by the stable id and outlives them.
/// </summary>
public sealed class MetricDecision : IOwned, IEntityTypeConfiguration<MetricDecision>
{
    public const int LongestReason = 500;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; init; }
    public DecisionSubject Subject { get; init; }
    public Guid SubjectId { get; init; }

    /// <summary>Whose row it is; null for incidents, which belong to no repository.</summary>
    public Guid? RepositoryId { get; init; }

    public DecisionVerdict Verdict { get; init; }
    public required string Reason { get; init; }
    public DateTimeOffset DecidedAt { get; init; }
    public Guid DecidedByUserId { get; init; }

    /// <summary>From then on the rules say again; null while it holds.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }
    public Guid? TakenBackByUserId { get; private set; }

    public bool Holds => TakenBackAt is null;

    public void TakeBack(Guid userId, DateTimeOffset now) => (TakenBackAt, TakenBackByUserId) = (now, userId);

    public void Configure(EntityTypeBuilder<MetricDecision> builder)
    {
        builder.Property(d => d.Reason).HasMaxLength(LongestReason);
        builder.HasIndex(d => new { d.OrganizationId, d.Subject, d.SubjectId }).IsUnique().HasFilter("taken_back_at IS NULL");
        builder.HasIndex(d => new { d.OrganizationId, d.DecidedAt });
        builder.HasIndex(d => d.RepositoryId).HasFilter("taken_back_at IS NULL");
        builder.HasOne<Organization>().WithMany().HasForeignKey(d => d.OrganizationId);
    }
}
