using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A team as the issue tracker knows it; its key starts the identifiers of its issues.</summary>
public sealed class IssueTeam : IOwned, IEntityTypeConfiguration<IssueTeam>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid ConnectionId { get; init; }
    public required string ExternalId { get; init; }

    /// <summary>Upper case, such as <c>ENG</c>.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }
    public bool IsPrivate { get; init; }
    public bool HasCycles { get; init; }

    /// <summary>The provider's word for its scale of estimates: notUsed, exponential, fibonacci, linear, tShirt. Scales are never summed across teams.</summary>
    public string? EstimateScale { get; init; }

    /// <summary>Accounts of its members.</summary>
    public Guid[] MemberAccountIds { get; init; } = [];

    /// <summary>When it was archived or retired; null while it is in use.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    public static Guid IdOf(Guid organizationId, string externalId) => StableId.From(organizationId, "issue team", externalId);

    public void Configure(EntityTypeBuilder<IssueTeam> builder)
    {
        builder.HasIndex(t => new { t.OrganizationId, t.Key });
        builder.HasIndex(t => t.ConnectionId);
        builder.HasOne<Connection>().WithMany().HasForeignKey(t => t.ConnectionId);
    }
}
