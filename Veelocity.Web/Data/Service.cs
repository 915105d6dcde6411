using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>Where a service's deployments are read from; exactly one, or the same release would be counted twice (M8).</summary>
public enum DeploymentSource
{
    /// <summary>A GitHub environment (Deployments API).</summary>
    Environment,

    /// <summary>Runs of a workflow.</summary>
    Workflow,

    /// <summary>Published releases.</summary>
    Releases,

    /// <summary>Merges into the default branch: an estimate.</summary>
    MergedPullRequests,
}

/// <summary>What is deployed as one thing: a repository, or some paths of it, with its deployment source (M8).</summary>
public sealed class Service : IOwned, IEntityTypeConfiguration<Service>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public required string Name { get; set; }

    /// <summary>Path patterns inside the repository; empty means the whole of it.</summary>
    public string[] PathGlobs { get; set; } = [];

    public DeploymentSource Source { get; private set; }

    /// <summary>The environment's name or the workflow's path; null for releases and merged pull requests.</summary>
    public string? SourceName { get; private set; }

    /// <summary>Only runs on this branch, for a workflow; null means any.</summary>
    public string? SourceBranch { get; private set; }

    /// <summary>Why this source was taken, for people: "environment production: 41 deployments in 90 days".</summary>
    public string? SourceEvidence { get; private set; }

    public DateTimeOffset DetectedAt { get; private set; }

    /// <summary>When a person chose the source; from then on detection leaves it alone.</summary>
    public DateTimeOffset? ChosenAt { get; private set; }

    public bool IsEstimated => Source == DeploymentSource.MergedPullRequests;

    public static Guid IdOf(Guid repositoryId) => StableId.From(repositoryId, "service", "");

    public void Detect(DeploymentSource source, string? name, string? branch, string evidence, DateTimeOffset now)
    {
        if (ChosenAt is not null) return;
        (Source, SourceName, SourceBranch, SourceEvidence, DetectedAt) = (source, name, branch, evidence, now);
    }

    public void Choose(DeploymentSource source, string? name, string? branch, DateTimeOffset now)
    {
        (Source, SourceName, SourceBranch, SourceEvidence, ChosenAt) = (source, name, branch, null, now);
    }

    public void Configure(EntityTypeBuilder<Service> builder)
    {
        builder.HasIndex(s => s.OrganizationId);
        builder.HasIndex(s => s.RepositoryId);
        builder.HasOne<Repository>().WithMany().HasForeignKey(s => s.RepositoryId);
    }
}
