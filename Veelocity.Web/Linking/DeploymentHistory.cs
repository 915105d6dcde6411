using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>A deployment in its place among those of the same service and environment.</summary>
/// <param name="TakesBack">Of a rollback: the release right after the one it restored, which it took back (M14).</param>
internal sealed record PlacedDeployment(
    DerivedDeployment Deployment, bool IsRelease, DerivedDeployment? TakesBack, DeploymentContents Contents)
{
    public bool IsRollback => TakesBack is not null;

    /// <summary>Whether it can have brought something that no earlier success brought.</summary>
    public bool IsNew => Contents != DeploymentContents.None;
}

/// <summary>
/// Compares the deployments of one service, environment by environment, in the order they finished: a success with another commit than
/// the success before is a release (M12); one with the commit of an earlier success, not the one just before, is a rollback (M14);
/// contents are unknown for the first, else known by ancestry or time (M15, M16). Unknown commits are never the same.
/// </summary>
internal static class DeploymentHistory
{
    public static List<PlacedDeployment> Of(IEnumerable<DerivedDeployment> deployments, CommitGraph graph)
    {
        var placed = new List<PlacedDeployment>();
        foreach (var environment in DerivedDeployment.InOrder(deployments).GroupBy(d => d.Place, StringComparer.Ordinal))
        {
            var releases = new List<DerivedDeployment>();
            var earlier = new Dictionary<string, int>(StringComparer.Ordinal); // commit → its last place among the releases
            DerivedDeployment? before = null;
            foreach (var deployment in environment)
            {
                if (!deployment.IsSuccess)
                {
                    placed.Add(new(deployment, IsRelease: false, TakesBack: null, DeploymentContents.None));
                    continue;
                }
                var isRelease = before?.Sha is null || before.Sha != deployment.Sha;
                var restored = deployment.Sha is { } sha && earlier.TryGetValue(sha, out var at) ? at : (int?)null;
                var takesBack = isRelease && restored is { } place ? releases[place + 1] : null;
                placed.Add(new(deployment, isRelease, takesBack, Contents(deployment, isFirst: before is null, restored is not null, graph)));
                if (isRelease)
                {
                    if (deployment.Sha is not null) earlier[deployment.Sha] = releases.Count;
                    releases.Add(deployment);
                }
                before = deployment;
            }
        }
        return placed;
    }

    private static DeploymentContents Contents(DerivedDeployment deployment, bool isFirst, bool isRepeat, CommitGraph graph) =>
        isFirst ? DeploymentContents.Unknown
        : isRepeat ? DeploymentContents.None
        : graph.NumberOf(deployment.Sha) == CommitGraph.Unknown ? DeploymentContents.Time
        : DeploymentContents.Ancestry;
}
