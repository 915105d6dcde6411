using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>A link that the tracker keeps at an issue, most often to a pull request.</summary>
public sealed class IssueAttachment : IOwned, IEntityTypeConfiguration<IssueAttachment>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid IssueId { get; init; }

    /// <summary>Where it leads; of a pull request without what follows its number, owner and repository in lower case.</summary>
    public required string Url { get; init; }

    /// <summary>The provider's word for where it comes from, such as <c>github</c>.</summary>
    public string? SourceType { get; init; }

    public string? Title { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    public static Guid IdOf(Guid organizationId, string externalId) => StableId.From(organizationId, "issue attachment", externalId);

    public void Configure(EntityTypeBuilder<IssueAttachment> builder)
    {
        builder.HasIndex(a => a.IssueId);
        builder.HasIndex(a => new { a.OrganizationId, a.Url });
        builder.HasOne<Issue>().WithMany().HasForeignKey(a => a.IssueId).OnDelete(DeleteBehavior.Cascade);
    }
}
