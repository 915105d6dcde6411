using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

public enum PullRequestState
{
    Open,
    Closed,
    Merged,
}

/// <summary>A proposed change and when it passed each stage on its way to the base branch.</summary>
public sealed class PullRequest : IOwned, IEntityTypeConfiguration<PullRequest>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public int Number { get; init; }
    public required string Title { get; init; }
    public required string Url { get; init; }
    public PullRequestState State { get; init; }
    public bool IsDraft { get; init; }

    /// <summary>Null when the account was deleted.</summary>
    public Guid? AuthorAccountId { get; init; }

    public Guid? MergedByAccountId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateTimeOffset? MergedAt { get; init; }
    public required string BaseBranch { get; init; }
    public required string HeadBranch { get; init; }
    public required string HeadSha { get; init; }

    /// <summary>Its branch is a fork's, so that a branch of the same name here is another.</summary>
    public bool IsFromFork { get; init; }

    /// <summary>Its own commits, also those that a squash leaves out of the base branch.</summary>
    public string[] CommitShas { get; init; } = [];

    /// <summary>The commit on the base branch that the merge made: merge, squash or last rebased commit.</summary>
    public string? MergeCommitSha { get; init; }

    public int Additions { get; init; }
    public int Deletions { get; init; }
    public int ChangedFiles { get; init; }
    public int CommentCount { get; init; }
    public int CommitCount { get; init; }

    /// <summary>The earliest author date of its own commits, for a backport the earliest committer date (M19); null when it has none.</summary>
    public DateTimeOffset? FirstCommitAt { get; init; }

    public string[] Labels { get; init; } = [];
    public DateTimeOffset[] ReadyForReviewAt { get; init; } = [];
    public DateTimeOffset[] ConvertedToDraftAt { get; init; } = [];

    /// <summary>What it says that it reverts, as <see cref="RevertText"/> reads it; empty for others and for relands.</summary>
    public string[] NamedReverts { get; init; } = [];

    /// <summary>
    /// What its branch, title and description name in the manner of issues, such as <c>ENG-123</c>, upper case, as <c>branch:ENG-123</c>; which of them
    /// are issues only the known teams tell (M31). A mere mention ends with <c>:mention</c>.
    /// </summary>
    public string[] NamedIssues { get; init; } = [];

    /// <summary>Ready for review: creation unless it was a draft, else the last time before the first human review (M26).</summary>
    [Linked]
    public DateTimeOffset? ReadyAt { get; set; }

    /// <summary>First review by a human who is not the author, before the merge and outside of a draft (M26).</summary>
    [Linked]
    public DateTimeOffset? FirstReviewAt { get; set; }

    /// <summary>A human who is not the author reviewed it before the merge, if only as a draft (M26).</summary>
    [Linked]
    public bool IsReviewed { get; set; }

    /// <summary>Last approval by a human before the merge (M20).</summary>
    [Linked]
    public DateTimeOffset? ApprovedAt { get; set; }

    /// <summary>When it was merged, if it counts and is in no production deployment yet (M19); else null.</summary>
    [Linked]
    public DateTimeOffset? WaitingSince { get; set; }

    /// <summary>The services that cover it by their paths, once it is merged; empty when none does.</summary>
    [Linked]
    public Guid[] ServiceIds { get; set; } = [];

    /// <summary>It reverts another change (M30): in throughput, not in lead time. A reland, which reverts a revert, does not.</summary>
    [Linked]
    public bool IsRevert { get; set; }

    /// <summary>Its label, branch or title says that it repairs what was deployed (M24).</summary>
    [Linked]
    public bool IsHotfix { get; set; }

    /// <summary>Why it is in no lead time, wherever it is deployed (M35); null when it counts.</summary>
    [Linked]
    public LeftOut? LeftOut { get; set; }

    public static Guid IdOf(Guid repositoryId, int number) => StableId.From(repositoryId, "pull request", number);

    public void Configure(EntityTypeBuilder<PullRequest> builder)
    {
        builder.HasIndex(p => new { p.RepositoryId, p.Number }).IsUnique();
        // What development metrics read of a span of time lies in the index.
        builder.HasIndex(p => new { p.OrganizationId, p.MergedAt }).HasFilter("merged_at IS NOT NULL").IsDescending(false, true)
            .IncludeProperties(p => new { p.Id, p.RepositoryId, p.AuthorAccountId, p.ReadyAt, p.IsReviewed, p.IsRevert });
        builder.HasIndex(p => new { p.OrganizationId, p.FirstReviewAt }).HasFilter("first_review_at IS NOT NULL")
            .IncludeProperties(p => new { p.Id, p.RepositoryId, p.AuthorAccountId, p.ReadyAt, p.State });
        builder.HasIndex(p => new { p.OrganizationId, p.ClosedAt }).HasFilter("closed_at IS NOT NULL AND merged_at IS NULL");
        builder.HasIndex(p => p.OrganizationId, "ix_pull_requests_open").HasFilter("state = 'open'");
        builder.HasIndex(p => new { p.OrganizationId, p.UpdatedAt }).IsDescending(false, true);
        builder.HasIndex(p => new { p.OrganizationId, p.WaitingSince }).HasFilter("waiting_since IS NOT NULL");
        builder.HasIndex(p => new { p.RepositoryId, p.MergeCommitSha });
        builder.Property(p => p.IsFromFork).HasDefaultValue(false);
        builder.Property(p => p.IsRevert).HasDefaultValue(false);
        builder.Property(p => p.IsHotfix).HasDefaultValue(false);
        builder.Property(p => p.NamedReverts).HasDefaultValueSql("ARRAY[]::text[]");
        builder.Property(p => p.CommitShas).HasDefaultValueSql("ARRAY[]::text[]");
        builder.HasIndex(p => p.AuthorAccountId);
        builder.HasOne<Repository>().WithMany().HasForeignKey(p => p.RepositoryId);
    }
}
