using System.Text.Json;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Asks about many things by their node ids, as many at a time as GitHub manages.</summary>
internal static class GitHubNodeReading
{
    /// <summary>What GitHub answers for these ids; those it doesn't answer for are missing.</summary>
    public static async Task<List<TNode>> NodesAsync<TNode, TData>(
        this GitHubSession session, GraphQlDocument document, PageSize size, IReadOnlyList<string> ids,
        Func<TData, IReadOnlyList<JsonElement>?> nodesOf, CancellationToken cancellation, Func<string[], object>? variables = null)
        where TNode : class
        where TData : GitHubData
    {
        var nodes = new List<TNode>();
        var troublesInARow = 0;
        await ReadAsync([.. ids]);
        return nodes;

        async Task ReadAsync(string[] wanted)
        {
            for (var taken = 0; taken < wanted.Length;)
            {
                string[] chunk = [];
                try
                {
                    var reply = await session.Graph.AskAsync<TData>(
                        document, size, most => Of(chunk = [.. wanted.Skip(taken).Take(most)]), cancellation);
                    nodes.AddRange(GitHubRows.OfGraphQl("").Read<TNode>(nodesOf(reply.Data) ?? []));
                    troublesInARow = 0;
                }
                catch (ConnectorException failure) when (failure.Fault is ConnectorFault.NotFound or ConnectorFault.MissingPermission
                    or ConnectorFault.SsoRequired)
                {
                    // One of them spoils the answer for all: find it by halves.
                    if (chunk.Length > 1)
                    {
                        await ReadAsync(chunk[..(chunk.Length / 2)]);
                        await ReadAsync(chunk[(chunk.Length / 2)..]);
                    }
                }
                catch (ConnectorException failure) when (failure.IsTooHeavy && ++troublesInARow < ScopedReading.MaxTroublesInARow)
                {
                    // This one alone is too heavy: it is missing like one that GitHub does not have.
                }
                taken += chunk.Length;
            }
        }

        object Of(string[] chunk) => variables?.Invoke(chunk) ?? new { ids = chunk };
    }
}
