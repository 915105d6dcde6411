using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>A deployment in its place among those of the same service and environment.</summary>
/// <param name="TakesBack">Of a rollback: the deployment right after the one it restored, which it rolled back (M14).</param>
/// <param name="Repeats">Of a repeat: the deployment that it repeats (M12).</param>
internal sealed record PlacedDeployment(
    DerivedDeployment Deployment, DeploymentContents Contents, DerivedDeployment? TakesBack = null, DerivedDeployment? Repeats = null)
{
    /// <summary>A success that is no repeat.</summary>
    public bool IsRelease => Deployment.IsSuccess && Repeats is null;

    public bool IsRollback => TakesBack is not null;

    /// <summary>Whether it can contain something that no earlier success contained.</summary>
    public bool IsNew => Contents != DeploymentContents.None;
}

/// <summary>
/// Compares the successes of one service, environment by environment, in the order they finished. A commit that was deployed before is a
/// repeat (M12), unless the deployment was created after the running one had finished: then it rolls the running one back (M14), or
/// rolls forward when its commit descends from the running one. Contents are unknown for the first success, otherwise known by ancestry or
/// time (M15, M16). Unknown commits are never the same.
/// </summary>
internal sealed class DeploymentHistory
{
    private readonly CommitGraph _graph;
    private readonly List<DerivedDeployment> _releases = [];
    private readonly Dictionary<string, int> _lastPlaces = new(StringComparer.Ordinal); // by commit, among the releases

    private DeploymentHistory(CommitGraph graph) => _graph = graph;

    public static List<PlacedDeployment> Of(IEnumerable<DerivedDeployment> deployments, CommitGraph graph)
    {
        var placed = new List<PlacedDeployment>();
        foreach (var environment in DerivedDeployment.InOrder(deployments).GroupBy(d => d.Place, StringComparer.Ordinal))
        {
            var history = new DeploymentHistory(graph);
            placed.AddRange(environment.Select(d => d.IsSuccess ? history.Place(d) : new(d, DeploymentContents.None)));
        }
        return placed;
    }

    private PlacedDeployment Place(DerivedDeployment deployment)
    {
        var running = _releases.Count > 0 ? _releases[^1] : null;
        PlacedDeployment placed;
        if (deployment.Sha is not { } sha || !_lastPlaces.TryGetValue(sha, out var place))
            placed = new(deployment, running is null ? DeploymentContents.Unknown : ContentsOf(deployment));
        else if (running!.Sha == sha || deployment.StartedAt < running.FinishedAt)
            return new(deployment, DeploymentContents.None, Repeats: _releases[place]);
        else
            placed = new(deployment, DeploymentContents.None, TakesBack: IsNewer(sha, than: running.Sha) ? null : _releases[place + 1]);

        if (deployment.Sha is not null) _lastPlaces[deployment.Sha] = _releases.Count;
        _releases.Add(deployment);
        return placed;
    }

    private bool IsNewer(string sha, string? than) => _graph.Descends(_graph.NumberOf(sha), _graph.NumberOf(than));

    private DeploymentContents ContentsOf(DerivedDeployment deployment) =>
        _graph.NumberOf(deployment.Sha) == CommitGraph.Unknown ? DeploymentContents.Time : DeploymentContents.Ancestry;
}
