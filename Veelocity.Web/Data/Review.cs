using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

public enum ReviewState
{
    Approved,
    ChangesRequested,
    Commented,
    Dismissed,
}

/// <summary>A submitted review; a pending one is not known to others and not stored.</summary>
public sealed class Review : IOwned, IEntityTypeConfiguration<Review>
{
    public Guid OrganizationId { get; init; }
    public Guid PullRequestId { get; init; }
    public required string ExternalId { get; init; }

    /// <summary>Null when the account was deleted.</summary>
    public Guid? AuthorAccountId { get; init; }

    public ReviewState State { get; init; }
    public DateTimeOffset SubmittedAt { get; init; }

    public void Configure(EntityTypeBuilder<Review> builder)
    {
        builder.HasKey(r => new { r.PullRequestId, r.ExternalId });
        builder.HasIndex(r => new { r.OrganizationId, r.AuthorAccountId, r.SubmittedAt });
        builder.HasOne<PullRequest>().WithMany().HasForeignKey(r => r.PullRequestId);
    }
}
