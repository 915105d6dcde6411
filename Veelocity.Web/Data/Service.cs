using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

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

    /// <summary>See <see cref="ServiceSource.Name"/>; the same for those below.</summary>
    public string? SourceName { get; private set; }

    public string? SourceBranch { get; private set; }
    public string? SourceJob { get; private set; }
    public string? SourceWorkflow { get; private set; }
    public string[] SourceAlso { get; private set; } = [];
    public Guid? SourceRepositoryId { get; private set; }
    public string[] SourcePaths { get; private set; } = [];

    /// <summary>Why this source was taken, for people: "environment production: 41 deployments in 90 days".</summary>
    public string? SourceEvidence { get; private set; }

    public DateTimeOffset DetectedAt { get; private set; }

    /// <summary>When a person chose the source; from then on detection leaves it alone.</summary>
    public DateTimeOffset? ChosenAt { get; private set; }
    public Guid? ChosenByUserId { get; private set; }

    /// <summary>Sources that were more likely when a person chose this one, as text; null until the next linking has looked.</summary>
    public string[]? KnownBetter { get; set; }

    /// <summary>When a person last gave it its name or paths; null when it was found by itself.</summary>
    public DateTimeOffset? EditedAt { get; private set; }
    public Guid? EditedByUserId { get; private set; }

    public ServiceSource ReadFrom => new(Source, SourceName, SourceBranch)
    {
        Job = SourceJob,
        Workflow = SourceWorkflow,
        Also = SourceAlso,
        RepositoryId = SourceRepositoryId,
        Paths = SourcePaths,
    };

    public bool IsEstimated => Source == DeploymentSource.MergedPullRequests;

    public static Guid IdOf(Guid repositoryId) => StableId.From(repositoryId, "service", "");

    public void Detect(DeploymentSource source, string? name, string? branch, string evidence, DateTimeOffset now) =>
        Detect(new ServiceSource(source, name, branch), evidence, now);

    public void Detect(ServiceSource source, string evidence, DateTimeOffset now)
    {
        if (ChosenAt is not null) return;
        Read(source);
        (SourceEvidence, DetectedAt) = (evidence, now);
    }

    public void Choose(DeploymentSource source, string? name, string? branch, DateTimeOffset now, Guid? userId = null) =>
        Choose(new ServiceSource(source, name, branch), now, userId);

    public void Choose(ServiceSource source, DateTimeOffset now, Guid? userId = null)
    {
        Read(source);
        (SourceEvidence, ChosenAt, ChosenByUserId, KnownBetter) = (null, now, userId, null);
    }

    /// <summary>The next linking takes the best source there is.</summary>
    public void ReturnToDetection() =>
        (ChosenAt, ChosenByUserId, KnownBetter, DetectedAt, SourceEvidence) = (null, null, null, default, null);

    public void Edit(string name, string[] pathGlobs, Guid userId, DateTimeOffset now) =>
        (Name, PathGlobs, EditedByUserId, EditedAt) = (name, pathGlobs, userId, now);

    public void Configure(EntityTypeBuilder<Service> builder)
    {
        builder.Ignore(s => s.ReadFrom);
        builder.HasIndex(s => s.OrganizationId);
        builder.HasIndex(s => s.RepositoryId);
        builder.HasIndex(s => s.SourceRepositoryId).HasFilter("source_repository_id IS NOT NULL");
        builder.Property(s => s.SourceJob).HasMaxLength(ServiceSource.MaxText);
        builder.Property(s => s.SourceWorkflow).HasMaxLength(ServiceSource.MaxText);
        builder.Property(s => s.SourceAlso).HasDefaultValueSql("ARRAY[]::text[]");
        builder.Property(s => s.SourcePaths).HasDefaultValueSql("ARRAY[]::text[]");
        builder.HasOne<Repository>().WithMany().HasForeignKey(s => s.RepositoryId);
        builder.HasOne<Repository>().WithMany().HasForeignKey(s => s.SourceRepositoryId).OnDelete(DeleteBehavior.SetNull);
    }

    private void Read(ServiceSource source)
    {
        (Source, SourceName, SourceBranch, SourceJob) = (source.Source, source.Name, source.Branch, source.Job);
        (SourceWorkflow, SourceRepositoryId) = (source.Workflow, source.RepositoryId);
        (SourceAlso, SourcePaths) = ([.. source.Also], [.. source.Paths]);
    }
}
