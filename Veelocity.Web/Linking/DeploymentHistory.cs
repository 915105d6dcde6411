using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>A deployment in its place among those of the same service and environment.</summary>
internal sealed record PlacedDeployment(DerivedDeployment Deployment, bool IsRelease, bool IsRollback, DeploymentContents Contents)
{
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
        foreach (var environment in DerivedDeployment.InOrder(deployments).GroupBy(d => d.Environment, StringComparer.Ordinal))
        {
            var earlier = new HashSet<string>(StringComparer.Ordinal);
            DerivedDeployment? before = null;
            foreach (var deployment in environment)
            {
                if (!deployment.IsSuccess)
                {
                    placed.Add(new(deployment, IsRelease: false, IsRollback: false, DeploymentContents.None));
                    continue;
                }
                var isRelease = before?.Sha is null || before.Sha != deployment.Sha;
                var isRepeat = deployment.Sha is not null && !earlier.Add(deployment.Sha);
                placed.Add(new(deployment, isRelease, isRelease && isRepeat, Contents(deployment, isFirst: before is null, isRepeat, graph)));
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
