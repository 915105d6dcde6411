using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Veelocity.Web.Data;

/// <summary>Why a row is not in the numbers (M35): for pull requests by rule (M16, M17, M29, M30), for every row where a member said so.</summary>
public enum LeftOut
{
    FirstKnownDeployment,
    Bot,
    Revert,

    /// <summary>A member left it out, and said why.</summary>
    ByPerson,

    /// <summary>It only carries one branch into another; the changes it carries count themselves (M17).</summary>
    Promotion,

    /// <summary>A rule of the organization excludes it by its label, branch, title or paths (M17).</summary>
    Rule,
}

/// <summary>
/// A merged pull request in the first production deployment of a service that contains it (M17), with its lead time cut into stages
/// (M19, M20). In a repository of several services it has a row for each that it changed; the earliest speaks for the pull request.
/// Of the others, <see cref="PullRequest.WaitingSince"/> tells which wait for one.
/// </summary>
public sealed class DeployedChange : IOwned, IEntityTypeConfiguration<DeployedChange>
{
    public Guid PullRequestId { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid RepositoryId { get; init; }
    public Guid ServiceId { get; init; }
    public Guid DeploymentId { get; init; }
    public Guid? AuthorAccountId { get; init; }

    /// <summary>Whether this is the pull request's first production deployment of all services: the row to count where services are not told apart.</summary>
    public bool IsFirst { get; private set; } = true;

    /// <summary>When the deployment finished.</summary>
    public DateTimeOffset DeployedAt { get; init; }

    /// <summary>Null when it counts; else why it does not.</summary>
    public LeftOut? LeftOut { get; init; }

    /// <summary>First commit authored → deployed, in seconds, never negative.</summary>
    public double LeadSeconds { get; init; }

    public double CodingSeconds { get; init; }

    /// <summary>Ready → first review; null when nobody reviewed.</summary>
    public double? PickupSeconds { get; init; }

    /// <summary>First review → last approval; null when nobody reviewed.</summary>
    public double? ReviewSeconds { get; init; }

    public double MergeSeconds { get; init; }
    public double DeploySeconds { get; init; }

    /// <summary>Linked by time, because its merge commit is not in the graph (M15).</summary>
    public bool IsByTime { get; init; }

    /// <summary>A stage came out negative and was set to 0 (M6).</summary>
    public bool IsSkewed { get; init; }

    /// <summary>Another service had brought it to production before.</summary>
    public DeployedChange AsLater()
    {
        IsFirst = false;
        return this;
    }

    public void Configure(EntityTypeBuilder<DeployedChange> builder)
    {
        builder.HasKey(c => new { c.PullRequestId, c.ServiceId });
        builder.Property(c => c.IsFirst).HasDefaultValue(true);
        builder.HasIndex(c => new { c.OrganizationId, c.DeployedAt })
            .IncludeProperties(c => new { c.RepositoryId, c.IsFirst, c.LeftOut, c.LeadSeconds });
        builder.HasIndex(c => new { c.RepositoryId, c.DeployedAt }).IncludeProperties(c => new { c.IsFirst, c.LeftOut, c.LeadSeconds });
        builder.HasIndex(c => c.DeploymentId);
        builder.HasIndex(c => c.ServiceId);
        builder.HasOne<PullRequest>().WithMany().HasForeignKey(c => c.PullRequestId);
        builder.HasOne<Deployment>().WithMany().HasForeignKey(c => c.DeploymentId);
    }
}
