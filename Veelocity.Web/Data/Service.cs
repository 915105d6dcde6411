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

/// <summary>One place that deployments can be read from.</summary>
/// <param name="Name">The environment, the workflow's path, the start of the releases' tags, or a label; null for all.</param>
/// <param name="Branch">Only runs on this branch, for a workflow; null means any.</param>
public sealed record ServiceSource(DeploymentSource Source, string? Name, string? Branch)
{
    /// <summary>Whether both read the same deployments, at least in part; merges are each service's own.</summary>
    public bool Overlaps(ServiceSource other) =>
        Source == other.Source && Source switch
        {
            DeploymentSource.MergedPullRequests => false,
            DeploymentSource.Releases => Name is null || other.Name is null || Name == other.Name,
            _ => Name == other.Name,
        };
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

    /// <summary>The environment's name, the workflow's path, the start of the releases' tags, or a label; null for all.</summary>
    public string? SourceName { get; private set; }

    /// <summary>Only runs on this branch, for a workflow; null means any.</summary>
    public string? SourceBranch { get; private set; }

    /// <summary>Why this source was taken, for people: "environment production: 41 deployments in 90 days".</summary>
    public string? SourceEvidence { get; private set; }

    public DateTimeOffset DetectedAt { get; private set; }

    /// <summary>When a person chose the source; from then on detection leaves it alone.</summary>
    public DateTimeOffset? ChosenAt { get; private set; }
    public Guid? ChosenByUserId { get; private set; }

    /// <summary>When a person last gave it its name or paths; null when it was found by itself.</summary>
    public DateTimeOffset? EditedAt { get; private set; }
    public Guid? EditedByUserId { get; private set; }

    public ServiceSource ReadFrom => new(Source, SourceName, SourceBranch);

    public bool IsEstimated => Source == DeploymentSource.MergedPullRequests;

    public static Guid IdOf(Guid repositoryId) => StableId.From(repositoryId, "service", "");

    public void Detect(DeploymentSource source, string? name, string? branch, string evidence, DateTimeOffset now)
    {
        if (ChosenAt is not null) return;
        (Source, SourceName, SourceBranch, SourceEvidence, DetectedAt) = (source, name, branch, evidence, now);
    }

    public void Choose(DeploymentSource source, string? name, string? branch, DateTimeOffset now, Guid? userId = null)
    {
        (Source, SourceName, SourceBranch, SourceEvidence, ChosenAt, ChosenByUserId) = (source, name, branch, null, now, userId);
    }

    /// <summary>The next linking takes the best source there is.</summary>
    public void ReturnToDetection() => (ChosenAt, ChosenByUserId, DetectedAt, SourceEvidence) = (null, null, default, null);

    public void Edit(string name, string[] pathGlobs, Guid userId, DateTimeOffset now) =>
        (Name, PathGlobs, EditedByUserId, EditedAt) = (name, pathGlobs, userId, now);

    public void Configure(EntityTypeBuilder<Service> builder)
    {
        builder.Ignore(s => s.ReadFrom);
        builder.HasIndex(s => s.OrganizationId);
        builder.HasIndex(s => s.RepositoryId);
        builder.HasOne<Repository>().WithMany().HasForeignKey(s => s.RepositoryId);
    }
}
