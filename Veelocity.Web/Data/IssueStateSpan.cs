using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A time that an issue spent in one state; the spans of an issue follow each other.</summary>
public sealed class IssueStateSpan : IOwned, IEntityTypeConfiguration<IssueStateSpan>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid IssueId { get; init; }
    public required string StateName { get; init; }

    /// <summary>As <see cref="Issue.StateType"/>.</summary>
    public required string StateType { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it is in this state.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public static Guid IdOf(Guid issueId, string externalId) => StableId.From(issueId, "issue state span", externalId);

    public void Configure(EntityTypeBuilder<IssueStateSpan> builder)
    {
        builder.HasIndex(s => new { s.IssueId, s.StartedAt });
        builder.HasOne<Issue>().WithMany().HasForeignKey(s => s.IssueId).OnDelete(DeleteBehavior.Cascade);
    }
}
