using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>How many deployments a repository has, and a text that changes with the state of any of the last ones.</summary>
/// <param name="WorkflowsOid">Git's name for the folder of its workflow files as they are now; null when it has none.</param>
internal sealed record DeploymentPulse(long Total, string Mark, IReadOnlyList<string> Ids, string? WorkflowsOid);

/// <summary>Takes the pulse of many repositories' deployments and workflow files with one question.</summary>
internal sealed class DeploymentPulses(GitHubSession session)
{
    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(DeploymentPulses), "DeploymentPulses");

    private readonly Http.PageSize _size = new(50, 100, session.Clock);

    /// <summary>By node id; a repository that GitHub does not answer for is missing.</summary>
    public async Task<Dictionary<string, DeploymentPulse>> TakeAsync(IReadOnlyList<string> nodeIds, CancellationToken cancellation)
    {
        var nodes = await session.NodesAsync<PulseNode, PulseData>(Document, _size, nodeIds, data => data.Nodes, cancellation);
        return nodes.Where(node => node.Id is not null).ToDictionary(node => node.Id!, node => node.ToPulse(), StringComparer.Ordinal);
    }

    private sealed record PulseData(IReadOnlyList<JsonElement>? Nodes) : GitHubData;

    private sealed record PulseNode(string? Id, FolderNode? Object, Counted? Deployments)
    {
        public DeploymentPulse ToPulse()
        {
            var last = Deployments?.Nodes?.OfType<LastNode>().ToList() ?? [];
            return new DeploymentPulse(
                Deployments?.TotalCount ?? 0,
                Connectors.Mark.Of(last.Select(node => $"{node.Id} {node.UpdatedAt:O} {node.LatestStatus?.State} {node.LatestStatus?.CreatedAt:O}")
                    .Prepend($"{Deployments?.TotalCount}")),
                [.. last.Select(node => node.Id).OfType<string>()],
                Object?.Oid);
        }
    }

    private sealed record FolderNode(string? Oid);

    private sealed record Counted(long? TotalCount, IReadOnlyList<LastNode?>? Nodes);

    private sealed record LastNode(string? Id, DateTimeOffset? UpdatedAt, StatusNode? LatestStatus);
}
