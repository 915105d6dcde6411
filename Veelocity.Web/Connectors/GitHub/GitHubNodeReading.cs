using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Asks about many things by their node ids, as many at a time as GitHub manages.</summary>
internal static class GitHubNodeReading
{
    /// <summary>What GitHub answers for these ids; those it does not answer for are missing.</summary>
    public static async Task<List<TNode>> NodesAsync<TNode, TData>(
        this GitHubSession session, GraphQlDocument document, PageSize size, IReadOnlyList<string> ids,
        Func<TData, IReadOnlyList<JsonElement>?> nodesOf, CancellationToken cancellation, Func<string[], object>? variables = null)
        where TNode : class
        where TData : GitHubData
    {
        var nodes = new List<TNode>();
        for (var taken = 0; taken < ids.Count;)
        {
            var (asked, answer) = await size.AskAsync(
                async most =>
                {
                    string[] chunk = [.. ids.Skip(taken).Take(most)];
                    return (chunk, await AskAsync(chunk));
                },
                cancellation);
            taken += asked.Length;
            nodes.AddRange(answer);
        }
        return nodes;

        async Task<List<TNode>> AskAsync(string[] chunk)
        {
            try
            {
                var reply = await session.Graph.AskAsync<TData>(document, variables?.Invoke(chunk) ?? new { ids = chunk }, cancellation);
                return GitHubRows.OfGraphQl("").Read<TNode>(nodesOf(reply.Data) ?? []);
            }
            catch (ConnectorException failure) when (failure.Fault is ConnectorFault.NotFound or ConnectorFault.MissingPermission
                or ConnectorFault.SsoRequired)
            {
                // One of them spoils the answer for all: find it by halves.
                var half = chunk.Length / 2;
                return half == 0 ? [] : [.. await AskAsync(chunk[..half]), .. await AskAsync(chunk[half..])];
            }
        }
    }
}
