using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A piece of planned work, and when it passed each kind of state.</summary>
public sealed class Issue : IOwned, IEntityTypeConfiguration<Issue>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid ConnectionId { get; init; }

    /// <summary>Stays when it moves to another team; the identifier does not.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Its name for people, such as <c>ENG-123</c>, upper case.</summary>
    public required string Identifier { get; init; }

    /// <summary>What it was called in the teams it was in before.</summary>
    public string[] PreviousIdentifiers { get; init; } = [];

    /// <summary>The <see cref="IssueTeam"/> it is in.</summary>
    public Guid IssueTeamId { get; init; }

    public required string Title { get; init; }
    public required string Url { get; init; }

    /// <summary>The provider's word for its state, such as <c>In Review</c>.</summary>
    public required string StateName { get; init; }

    /// <summary>triage, backlog, unstarted, started, completed, canceled or duplicate; others may come.</summary>
    public required string StateType { get; init; }

    /// <summary>0 none, 1 urgent to 4 low.</summary>
    public int Priority { get; init; }

    /// <summary>In the scale of its team; null when nobody estimated it.</summary>
    public double? Estimate { get; init; }

    /// <summary>The branch that the tracker suggests for it.</summary>
    public string? BranchName { get; init; }

    public string[] Labels { get; init; } = [];
    public Guid? AssigneeAccountId { get; init; }
    public Guid? CreatorAccountId { get; init; }
    public Guid? CycleId { get; init; }
    public Guid? ProjectId { get; init; }
    public Guid? ParentIssueId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was moved into a state of that type, as the provider tells; what reopening does to them it does not tell.</summary>
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public DateTimeOffset? CanceledAt { get; init; }

    public DateTimeOffset? AddedToCycleAt { get; init; }
    public DateOnly? DueDate { get; init; }

    /// <summary>When it was archived; archived issues count like others.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>In the tracker's bin: counts nowhere.</summary>
    public bool IsTrashed { get; init; }

    /// <summary>When it was first started (M27): the first state of type started, and that a jump from to-do to done leaves null.</summary>
    [Linked]
    public DateTimeOffset? FirstStartedAt { get; set; }

    /// <summary>When it was completed for good (M27): the last completion; null while it is not completed, and for canceled ones.</summary>
    [Linked]
    public DateTimeOffset? LastCompletedAt { get; set; }

    /// <summary>When the last of its linked pull requests was merged (M27); null while one of them is open or none is linked.</summary>
    [Linked]
    public DateTimeOffset? DeliveredAt { get; set; }

    public static Guid IdOf(Guid organizationId, string externalId) => StableId.From(organizationId, "issue", externalId);

    public void Configure(EntityTypeBuilder<Issue> builder)
    {
        builder.HasIndex(i => new { i.OrganizationId, i.Identifier });
        builder.HasIndex(i => new { i.OrganizationId, i.LastCompletedAt }).HasFilter("last_completed_at IS NOT NULL");
        builder.HasIndex(i => new { i.OrganizationId, i.DeliveredAt }).HasFilter("delivered_at IS NOT NULL");
        builder.HasIndex(i => new { i.OrganizationId, i.UpdatedAt }).IsDescending(false, true);
        builder.HasIndex(i => i.CycleId);
        builder.HasIndex(i => i.ProjectId);
        builder.HasIndex(i => i.AssigneeAccountId);
        builder.HasIndex(i => i.IssueTeamId);
        builder.HasOne<Connection>().WithMany().HasForeignKey(i => i.ConnectionId);
    }
}
