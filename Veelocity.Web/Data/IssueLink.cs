using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>How it was found that a pull request is work on an issue (M31), the surest first.</summary>
public enum IssueLinkMethod
{
    /// <summary>Someone said so, here.</summary>
    Person,

    /// <summary>The tracker keeps the pull request at the issue.</summary>
    Attachment,

    /// <summary>The branch's name holds the identifier.</summary>
    Branch,
    Title,
    Description,
}

/// <summary>A pull request is work on an issue; several to several. What a person decided, either way, stays decided.</summary>
public sealed class IssueLink : IOwned, IEntityTypeConfiguration<IssueLink>
{
    public Guid IssueId { get; init; }
    public Guid PullRequestId { get; init; }
    public Guid OrganizationId { get; init; }
    public IssueLinkMethod Method { get; set; }
    public DateTimeOffset FoundAt { get; set; }

    /// <summary>Who tied them, or said that they do not belong together; null when nobody did.</summary>
    public Guid? DecidedByUserId { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>When someone said that they do not belong together: the row stays, so that it is not found again.</summary>
    public DateTimeOffset? RefusedAt { get; private set; }

    public void Tie(Guid userId, DateTimeOffset now) =>
        (Method, DecidedByUserId, DecidedAt, RefusedAt) = (IssueLinkMethod.Person, userId, now, null);

    public void Refuse(Guid userId, DateTimeOffset now) => (DecidedByUserId, DecidedAt, RefusedAt) = (userId, now, now);

    public void Configure(EntityTypeBuilder<IssueLink> builder)
    {
        builder.HasKey(l => new { l.IssueId, l.PullRequestId });
        builder.HasIndex(l => l.PullRequestId);
        builder.HasIndex(l => l.OrganizationId);
        builder.HasOne<Issue>().WithMany().HasForeignKey(l => l.IssueId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<PullRequest>().WithMany().HasForeignKey(l => l.PullRequestId).OnDelete(DeleteBehavior.Cascade);
    }
}
