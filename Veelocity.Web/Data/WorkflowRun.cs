using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>One attempt of a workflow run (M10): a re-run is a row of its own and leaves the earlier one as it was.</summary>
public sealed class WorkflowRun : IOwned, IEntityTypeConfiguration<WorkflowRun>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public Guid WorkflowId { get; init; }
    public long ExternalId { get; init; }
    public int Attempt { get; init; }
    public int RunNumber { get; init; }
    public required string Title { get; init; }
    public required string Url { get; init; }
    public required string Event { get; init; }
    public string? HeadBranch { get; init; }
    public required string HeadSha { get; init; }

    /// <summary>The provider's word: queued, in_progress, completed, …</summary>
    public required string Status { get; init; }

    /// <summary>The provider's word: success, failure, cancelled, …; null until completed.</summary>
    public string? Conclusion { get; init; }

    public Guid? ActorAccountId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When this attempt ended: its last job's completion, else the best the provider tells (M11); null until completed.</summary>
    [Frozen]
    public DateTimeOffset? CompletedAt { get; init; }

    public static Guid IdOf(Guid repositoryId, long externalId, int attempt) =>
        StableId.From(repositoryId, "run", $"{externalId}/{attempt}");

    public void Configure(EntityTypeBuilder<WorkflowRun> builder)
    {
        builder.HasIndex(r => new { r.RepositoryId, r.ExternalId, r.Attempt }).IsUnique();
        builder.HasIndex(r => new { r.WorkflowId, r.CompletedAt });
        builder.HasIndex(r => new { r.OrganizationId, r.CreatedAt });
        builder.HasOne<Repository>().WithMany().HasForeignKey(r => r.RepositoryId);
    }
}
