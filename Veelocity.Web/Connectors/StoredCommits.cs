namespace Veelocity.Web.Connectors;

/// <summary>
/// What a connector may ask of the commits that are stored already, batches of this run included. Deployments of release branches name
/// commits that the default branch does not hold; only with them can be told what such a deployment contained.
/// </summary>
/// <param name="FindDeployedAndMissing">By a repository's provider id: commits that were released to production and are not stored, newest first.</param>
/// <param name="FindMissing">Of these commits of a repository, those that are not stored.</param>
public sealed record StoredCommits(
    Func<string, CancellationToken, Task<IReadOnlyList<string>>> FindDeployedAndMissing,
    Func<string, IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlySet<string>>> FindMissing);
