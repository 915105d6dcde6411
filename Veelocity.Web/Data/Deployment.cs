using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>What came of a deployment (M9).</summary>
public enum DeploymentOutcome
{
    Succeeded,
    Failed,
}

/// <summary>How a deployment's contents are known (M15, M16).</summary>
public enum DeploymentContents
{
    /// <summary>By ancestry in the commit graph.</summary>
    Ancestry,

    /// <summary>By time, because a commit is not in the graph.</summary>
    Time,

    /// <summary>The first known deployment of its service: nobody can tell what it brought.</summary>
    Unknown,

    /// <summary>Not a success, or the same commit again: it brought nothing.</summary>
    None,
}

/// <summary>What tells that a release failed (M21), the surest first.</summary>
public enum ChangeFailure
{
    /// <summary>An incident is linked to it.</summary>
    Incident,

    /// <summary>It was taken back by deploying what was there before.</summary>
    Rollback,

    /// <summary>Something it brought was reverted after it was deployed.</summary>
    Revert,
}

/// <summary>Why a release was not planned (M24).</summary>
public enum Rework
{
    /// <summary>It took a release back.</summary>
    Rollback,

    /// <summary>It ended an incident.</summary>
    IncidentFix,

    /// <summary>It brought the revert of something deployed.</summary>
    Revert,

    /// <summary>A pull request in it calls itself a hotfix, by title, branch or label.</summary>
    Hotfix,
}

/// <summary>One deployment of a service into an environment, derived from the service's source; what metrics count.</summary>
public sealed class Deployment : IOwned, IEntityTypeConfiguration<Deployment>
{
    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public Guid ServiceId { get; init; }

    /// <summary>What it was derived from, such as <c>deployment 123</c> or <c>run 456</c>.</summary>
    public required string SourceKey { get; init; }

    public required string Environment { get; init; }

    /// <summary>Whether it went to the service's production environment (M13).</summary>
    public bool IsProduction { get; init; }

    /// <summary>The deployed commit; null when the source does not tell.</summary>
    public string? Sha { get; init; }

    public string? Ref { get; init; }
    public required string Title { get; init; }
    public required string Url { get; init; }
    public DeploymentOutcome Outcome { get; init; }
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it finished (M11): its time in every metric.</summary>
    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>Counts as a deployment: a success that is no repeat (M12).</summary>
    public bool IsRelease { get; init; }

    /// <summary>It deployed an earlier commit again, after a newer one was running (M14).</summary>
    public bool IsRollback { get; init; }

    /// <summary>The release that a rollback took back: the one deployed right after what the rollback restored (M14); else null.</summary>
    public Guid? TakesBackId { get; init; }

    /// <summary>The deployment whose commit a repeat deploys again, such as in another region (M12); else null.</summary>
    public Guid? RepeatsId { get; init; }

    public DeploymentContents Contents { get; init; }

    /// <summary>For a release to production that failed: what tells so; null while nothing does.</summary>
    [Linked]
    public ChangeFailure? FailedBy { get; set; }

    /// <summary>
    /// Every reason for it (M21), the surest first: <c>incident_by_person</c> (a person linked an incident), <c>incident</c>, <c>rollback</c>,
    /// <c>revert</c>.
    /// </summary>
    [Linked]
    public string[] FailureReasons { get; set; } = [];

    /// <summary>For a release to production that repairs an earlier one; null for planned work.</summary>
    [Linked]
    public Rework? Rework { get; set; }

    /// <summary>Null when it counts; else why it does not.</summary>
    [Linked]
    public LeftOut? LeftOut { get; set; }

    public static Guid IdOf(Guid serviceId, string environment, string sourceKey) =>
        StableId.From(serviceId, "deployment into " + environment, sourceKey);

    public void Configure(EntityTypeBuilder<Deployment> builder)
    {
        builder.HasIndex(d => new { d.OrganizationId, d.IsProduction, d.FinishedAt })
            .IncludeProperties(d => new { d.RepositoryId, d.ServiceId, d.Outcome, d.IsRelease, d.IsRollback, d.FailedBy, d.Rework });
        builder.HasIndex(d => new { d.ServiceId, d.Environment, d.FinishedAt });
        builder.HasIndex(d => new { d.OrganizationId, d.StartedAt }); // what an incident is looked up by (M22)
        builder.Property(d => d.FailureReasons).HasDefaultValueSql("ARRAY[]::text[]");
        builder.HasIndex(d => d.TakesBackId).HasFilter("takes_back_id IS NOT NULL");
        builder.HasOne<Service>().WithMany().HasForeignKey(d => d.ServiceId);
    }
}
