namespace Veelocity.Web.Data;

/// <summary>Where a service's deployments are read from; exactly one, or the same deployment would be counted twice (M8).</summary>
public enum DeploymentSource
{
    /// <summary>A GitHub environment (Deployments API), or several that are one production.</summary>
    Environment,

    /// <summary>Runs of a workflow.</summary>
    Workflow,

    /// <summary>Published releases.</summary>
    Releases,

    /// <summary>Git tags, with or without releases.</summary>
    Tags,

    /// <summary>Merges into the default branch: an estimate.</summary>
    MergedPullRequests,
}

/// <summary>One place that deployments can be read from.</summary>
/// <param name="Name">The environment, the workflow's path, the start of the releases' tags, a pattern for tags, or a label; null for all.</param>
/// <param name="Branch">
/// For a workflow, the branches whose runs count, with * as a wildcard; null means the default branch and tags.
/// </param>
public sealed record ServiceSource(DeploymentSource Source, string? Name, string? Branch)
{
    public const int MaxText = 500;

    /// <summary>For an environment, the other environments that are the same production, such as regions.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>For a workflow, the job that deploys: a name or pattern, several separated by commas; null means the whole run.</summary>
    public string? Job { get; init; }

    /// <summary>
    /// For an environment, the workflows whose deployments count, by name or file; * for all. Null leaves out scheduled workflows and
    /// those that don't deploy when another one does.
    /// </summary>
    public string? Workflow { get; init; }

    /// <summary>The repository that deploys the service; null for its own.</summary>
    public Guid? RepositoryId { get; init; }

    /// <summary>Paths in the other repository whose changes deploy the service; empty when commits there name commits or versions.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>All environments of an environment source.</summary>
    public IEnumerable<string> Names => Name is null ? Also : Also.Prepend(Name);

    /// <summary>Whether both read the same deployments, at least in part. Merges and other repositories' deployments are each service's own.</summary>
    public bool Overlaps(ServiceSource other) =>
        Source == other.Source && RepositoryId is null && other.RepositoryId is null && Source switch
        {
            DeploymentSource.MergedPullRequests => false,
            DeploymentSource.Releases or DeploymentSource.Tags => Name is null || other.Name is null || Name == other.Name,
            DeploymentSource.Environment => Names.Intersect(other.Names, StringComparer.Ordinal).Any(),
            _ => Name == other.Name && (Job is null || other.Job is null || Job == other.Job),
        };

    public bool Equals(ServiceSource? other) =>
        other is not null && Source == other.Source && Name == other.Name && Branch == other.Branch && Job == other.Job
        && Workflow == other.Workflow && RepositoryId == other.RepositoryId
        && Also.SequenceEqual(other.Also, StringComparer.Ordinal) && Paths.SequenceEqual(other.Paths, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Source, Name, Branch, Job, Workflow, RepositoryId, Also.Count, Paths.Count);
}
