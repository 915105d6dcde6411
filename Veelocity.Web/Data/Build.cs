using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>
/// An attempt of a run that builds for a platform, derived from runs and jobs; what the build metrics count (M32 to M34). A run whose
/// workflow builds for both platforms has a row for each platform whose jobs ran.
/// </summary>
public sealed class Build : IOwned, IEntityTypeConfiguration<Build>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public Guid WorkflowId { get; init; }

    /// <summary>The attempt, a row of the workflow runs.</summary>
    public Guid RunId { get; init; }

    /// <summary>The same for all attempts of one run on one platform.</summary>
    public Guid SeriesId { get; init; }

    public int Attempt { get; init; }
    public BuildPlatform Platform { get; init; }
    public BuildOutcome Outcome { get; init; }

    /// <summary>The first known attempt of its run: where runs are counted, this row stands for the run.</summary>
    public bool IsFirst { get; init; }

    /// <summary>What came of the run at last: a success when any attempt succeeded (M32).</summary>
    public BuildOutcome Eventual { get; init; }

    /// <summary>It failed, and the same workflow passed later on the same commit.</summary>
    public bool IsFlaky { get; init; }

    /// <summary>How it failed; null when it did not.</summary>
    public BuildFailure? Failure { get; init; }

    /// <summary>The first job that failed and its first failed step; null when nobody tells.</summary>
    public string? FailedJob { get; init; }
    public string? FailedStep { get; init; }

    /// <summary>When its run was created: the time of the run where runs are counted (M34).</summary>
    public DateTimeOffset RunCreatedAt { get; init; }

    /// <summary>When the attempt was started: its own time where attempts are counted.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>First job started → last job completed (M33); null while the jobs are not known.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Asked for → first job started; null while the jobs are not known.</summary>
    public double? QueueSeconds { get; init; }

    public static Guid IdOf(Guid runId, BuildPlatform platform) => StableId.From(runId, "build", SnakeCaseEnum<BuildPlatform>.ToText(platform));

    public static Guid SeriesOf(Guid repositoryId, long runExternalId, BuildPlatform platform) =>
        StableId.From(repositoryId, "builds " + SnakeCaseEnum<BuildPlatform>.ToText(platform), runExternalId);

    public void Configure(EntityTypeBuilder<Build> builder)
    {
        builder.HasIndex(b => new { b.OrganizationId, b.StartedAt });
        builder.HasIndex(b => new { b.OrganizationId, b.RunCreatedAt }).HasFilter("is_first");
        builder.HasIndex(b => new { b.RepositoryId, b.StartedAt });
        builder.HasIndex(b => b.RunId);
        builder.HasIndex(b => b.SeriesId);
        builder.HasOne<WorkflowRun>().WithMany().HasForeignKey(b => b.RunId);
    }
}
