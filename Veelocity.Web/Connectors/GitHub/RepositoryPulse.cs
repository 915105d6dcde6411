using System.Text.Json;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>What of a repository moves when anything in it changes.</summary>
internal sealed record RepositoryPulse(
    long PullRequests, DateTimeOffset? PullRequestUpdatedAt, string? Head, long? Commits, long Releases, string ReleaseMark,
    long Tags = 0, string TagMark = "");

/// <summary>Takes the pulse of many repositories with one question.</summary>
internal sealed class RepositoryPulses(GitHubSession session)
{
    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(RepositoryPulses), "RepositoryPulses");

    // Three lists of each: 49 repositories are the most for one point; the fourth is asked for only the first time.
    private readonly Http.PageSize _size = new(49, 49, session.Clock);

    /// <summary>By node id; a repository that GitHub does not answer for is missing.</summary>
    public async Task<Dictionary<string, RepositoryPulse>> TakeAsync(
        IReadOnlyList<string> nodeIds, bool withTotals, CancellationToken cancellation)
    {
        var nodes = await session.NodesAsync<PulseNode, PulseData>(
            Document, _size, nodeIds, data => data.Nodes, cancellation, ids => new { ids, totals = withTotals });
        return nodes.Where(node => node.Id is not null).ToDictionary(node => node.Id!, node => node.ToPulse(), StringComparer.Ordinal);
    }

    private sealed record PulseData(IReadOnlyList<JsonElement>? Nodes) : GitHubData;

    private sealed record PulseNode(string? Id, Counted? PullRequests, Counted? Releases, TagsNode? Refs, BranchNode? DefaultBranchRef)
    {
        public RepositoryPulse ToPulse()
        {
            return new RepositoryPulse(
                PullRequests?.TotalCount ?? 0,
                PullRequests?.Latest?.UpdatedAt,
                DefaultBranchRef?.Target?.Oid,
                DefaultBranchRef?.Target?.History?.TotalCount,
                Releases?.TotalCount ?? 0,
                MarkOf(Releases),
                Refs?.TotalCount ?? 0,
                Mark.Of(Refs?.Nodes?.Select(tag => $"{tag?.Name}:{tag?.Target?.Oid}").Prepend($"{Refs.TotalCount}") ?? []));
        }
    }

    // An old draft that is published is not the newest, so the mark covers more than that one.
    private static string MarkOf(Counted? releases) =>
        Mark.Of(releases?.Nodes?.Select(release => $"{release?.DatabaseId}:{release?.UpdatedAt:O}").Prepend($"{releases.TotalCount}") ?? []);

    private sealed record Counted(long? TotalCount, IReadOnlyList<LatestNode?>? Nodes)
    {
        public LatestNode? Latest => Nodes is [{ } latest, ..] ? latest : null;
    }

    private sealed record LatestNode(long? DatabaseId, DateTimeOffset? UpdatedAt);

    private sealed record TagsNode(long? TotalCount, IReadOnlyList<TagRefNode?>? Nodes);

    private sealed record TagRefNode(string? Name, TargetNode? Target);

    private sealed record BranchNode(TargetNode? Target);

    private sealed record TargetNode(string? Oid, Counted? History);
}
