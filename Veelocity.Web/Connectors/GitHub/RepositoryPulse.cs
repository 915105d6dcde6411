using System.Text.Json;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>What of a repository moves when anything in it changes.</summary>
internal sealed record RepositoryPulse(
    long PullRequests, DateTimeOffset? PullRequestUpdatedAt, string? Head, long? Commits, long Releases, string ReleaseMark);

/// <summary>Takes the pulse of many repositories with one question.</summary>
internal sealed class RepositoryPulses(GitHubSession session)
{
    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(RepositoryPulses), "RepositoryPulses");

    private readonly Http.PageSize _size = new(25, 25, session.Clock);

    /// <summary>By node id; a repository that GitHub does not answer for is missing.</summary>
    public async Task<Dictionary<string, RepositoryPulse>> TakeAsync(
        IReadOnlyList<string> nodeIds, bool withTotals, CancellationToken cancellation)
    {
        var pulses = new Dictionary<string, RepositoryPulse>(StringComparer.Ordinal);
        for (var taken = 0; taken < nodeIds.Count;)
        {
            var (ids, answer) = await _size.AskAsync(
                async size =>
                {
                    string[] chunk = [.. nodeIds.Skip(taken).Take(size)];
                    return (chunk, await AskAsync(chunk, withTotals, cancellation));
                },
                cancellation);
            taken += ids.Length;
            foreach (var node in answer)
                pulses[node.Id ?? ""] = node.ToPulse();
        }
        return pulses;
    }

    private async Task<List<PulseNode>> AskAsync(string[] ids, bool withTotals, CancellationToken cancellation)
    {
        try
        {
            var reply = await session.Graph.AskAsync<PulseData>(Document, new { ids, totals = withTotals }, cancellation);
            return GitHubRows.OfGraphQl("").Read<PulseNode>(reply.Data.Nodes ?? []);
        }
        catch (ConnectorException failure) when (failure.Fault is ConnectorFault.NotFound or ConnectorFault.MissingPermission
            or ConnectorFault.SsoRequired)
        {
            if (ids.Length == 1)
                return [];
            // One of them spoils the answer for all: find it by halves.
            var half = ids.Length / 2;
            return
            [
                .. await AskAsync(ids[..half], withTotals, cancellation),
                .. await AskAsync(ids[half..], withTotals, cancellation),
            ];
        }
    }

    private sealed record PulseData(IReadOnlyList<JsonElement>? Nodes) : GitHubData;

    private sealed record PulseNode(string? Id, Counted? PullRequests, Counted? Releases, BranchNode? DefaultBranchRef)
    {
        public RepositoryPulse ToPulse()
        {
            var latest = Releases?.Latest;
            return new RepositoryPulse(
                PullRequests?.TotalCount ?? 0,
                PullRequests?.Latest?.UpdatedAt,
                DefaultBranchRef?.Target?.Oid,
                DefaultBranchRef?.Target?.History?.TotalCount,
                Releases?.TotalCount ?? 0,
                $"{Releases?.TotalCount}:{latest?.DatabaseId}:{latest?.UpdatedAt:O}");
        }
    }

    private sealed record Counted(long? TotalCount, IReadOnlyList<LatestNode?>? Nodes)
    {
        public LatestNode? Latest => Nodes is [{ } latest, ..] ? latest : null;
    }

    private sealed record LatestNode(long? DatabaseId, DateTimeOffset? UpdatedAt);

    private sealed record BranchNode(TargetNode? Target);

    private sealed record TargetNode(string? Oid, Counted? History);
}
