using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A span of a team's planning, with the scope and progress of each of its days as the tracker recorded them.</summary>
public sealed class Cycle : IOwned, IEntityTypeConfiguration<Cycle>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid ConnectionId { get; init; }
    public Guid IssueTeamId { get; init; }
    public required string ExternalId { get; init; }
    public int Number { get; init; }

    /// <summary>Null when the team did not name it; it is called by its number then.</summary>
    public string? Name { get; init; }

    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>When it was closed; null before.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Points in it and points completed at the end of each day, first day first, in the team's scale.</summary>
    public double[] ScopeByDay { get; init; } = [];
    public double[] CompletedScopeByDay { get; init; } = [];

    /// <summary>Issues in it and issues completed at the end of each day, first day first.</summary>
    public double[] IssuesByDay { get; init; } = [];
    public double[] CompletedIssuesByDay { get; init; } = [];

    public static Guid IdOf(Guid organizationId, string externalId) => StableId.From(organizationId, "cycle", externalId);

    public void Configure(EntityTypeBuilder<Cycle> builder)
    {
        builder.HasIndex(c => new { c.OrganizationId, c.StartsAt }).IsDescending(false, true);
        builder.HasIndex(c => c.IssueTeamId);
        builder.HasOne<Connection>().WithMany().HasForeignKey(c => c.ConnectionId);
    }
}
