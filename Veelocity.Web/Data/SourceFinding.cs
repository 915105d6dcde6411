using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>What is doubtful about where a service's deployments are read from.</summary>
public enum SourceProblem
{
    /// <summary>Deployments into the environment by scheduled or non-deploying workflows were skipped.</summary>
    SkippedWorkflows,

    /// <summary>Manual runs name a version that no tag has, so that the deployed commit is unknown and they don't count.</summary>
    UnknownVersions,

    /// <summary>Another source is more likely than the configured one.</summary>
    BetterSource,

    /// <summary>The source has stopped deploying while pull requests are still merged.</summary>
    SilentSource,
}

/// <summary>Something that linking found out about a service's source, for a member to look at.</summary>
public sealed class SourceFinding : IOwned, IEntityTypeConfiguration<SourceFinding>
{
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public Guid ServiceId { get; init; }
    public SourceProblem Problem { get; init; }

    /// <summary>The workflow, version or source it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>How many runs or deployments; of a silent source, how many pull requests were merged since.</summary>
    public int Count { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    public void Configure(EntityTypeBuilder<SourceFinding> builder)
    {
        builder.HasKey(f => new { f.ServiceId, f.Problem, f.Subject });
        builder.HasIndex(f => f.OrganizationId);
        builder.HasIndex(f => f.RepositoryId);
        builder.HasOne<Service>().WithMany().HasForeignKey(f => f.ServiceId);
    }
}
