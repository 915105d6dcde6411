using System.Runtime.CompilerServices;
using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// Reads deployments with all their statuses, newest first, down to those known. GitHub lists no changes of old ones, so the newest page
/// is read again when the pulse of its deployments is another, and older ones that have not ended yet are asked for by id along with it.
/// </summary>
internal sealed class DeploymentReader(GitHubSession session, FetchProgress progress)
{
    public const string Resource = "deployments";

    private const int MostAsked = 100;

    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(DeploymentReader), "Deployments");
    private static readonly GraphQlDocument Again = GraphQlDocument.Beside(typeof(DeploymentReader), "DeploymentsAgain");
    private static readonly GraphQlDocument MoreStatuses = GraphQlDocument.Beside(typeof(DeploymentReader), "MoreDeploymentStatuses");
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MayStillEnd = TimeSpan.FromDays(35);

    private readonly PageSize _size = new(100, 100, session.Clock);

    /// <param name="pulse">Null when it could not be taken.</param>
    public static bool HasNews(string? cursorText, DeploymentPulse? pulse) => (CursorText.Read<Cursor>(cursorText), pulse) switch
    {
        (_, null) => true,
        (null, _) => pulse.Total > 0,
        ({ After: not null }, _) => true,
        ({ } cursor, _) => cursor.Mark != pulse.Mark || cursor.Open?.Keys.Except(pulse.Ids, StringComparer.Ordinal).Any() == true,
    };

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        RepositoryPlace place, string? cursorText, DeploymentPulse? pulse, EnvironmentBook environments,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var cursor = CursorText.Read<Cursor>(cursorText) ?? new Cursor(null, null, null, null, null);
        var isFirst = cursor.Newest is null;
        var floor = cursor.Newest - Overlap ?? DateTimeOffset.MinValue;
        var open = (cursor.Open ?? new Dictionary<string, DateTimeOffset>()).ToDictionary();
        var rows = GitHubRows.OfGraphQl(place.Scope);
        var asked = open.Keys.Take(MostAsked).ToArray();
        var after = cursor.After;
        var newest = cursor.Found;
        for (var isEnd = false; !isEnd;)
        {
            var data = await AskAsync(place, after, asked, open, cancellation);
            var page = place.Insist(data.Repository?.DatabaseId, data.Repository?.Deployments);
            if (isFirst && after is null)
                progress.Expect(page.TotalCount ?? 0);
            var listed = rows.Read<DeploymentNode>(page.Rows, "databaseId", "id");
            var fresh = listed.Where(deployment => !(deployment.CreatedAt < floor)).ToList();
            var again = rows.Read<DeploymentNode>(data.Nodes ?? [], "databaseId", "id")
                .Where(deployment => listed.TrueForAll(other => other.Id != deployment.Id));
            var facts = await FactsAsync(place, listed.Concat(again), rows, cancellation);
            foreach (var fact in facts.Cast<EnvironmentDeploymentFact>())
                Keep(fact, open);

            await foreach (var batch in environments.LearnAsync(facts, cancellation))
                yield return batch;
            newest ??= listed.Max(deployment => deployment.CreatedAt);
            after = page.Next;
            isEnd = after is null || fresh.Count < listed.Count;
            asked = [];
            var next = isEnd ? new Cursor(newest ?? cursor.Newest, null, null, open, pulse?.Mark) : isFirst ? new Cursor(null, after, newest, open, null) : null;
            yield return progress.Batch(
                $"Deployments of {place.FullName}",
                facts,
                next is null ? null : new CursorMove(place.Scope, Resource, CursorText.Write(next)),
                rows.TakeProblem(),
                isFirst ? facts.Count : 0);
        }
    }

    /// <summary>Single deployments as they are now, by their node ids.</summary>
    public async IAsyncEnumerable<FactBatch> ReadAgainAsync(
        RepositoryPlace place, IReadOnlyList<string> ids, EnvironmentBook environments,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = GitHubRows.OfGraphQl(place.Scope);
        foreach (var asked in ids.Chunk(MostAsked))
        {
            var reply = await session.Graph.AskAsync<DeploymentsData>(Again, new { ids = asked }, cancellation);
            var facts = await FactsAsync(place, rows.Read<DeploymentNode>(reply.Data.Nodes ?? [], "databaseId", "id"), rows, cancellation);
            await foreach (var batch in environments.LearnAsync(facts, cancellation))
                yield return batch;
            yield return progress.Batch($"Deployments of {place.FullName}", facts, null, rows.TakeProblem(), facts.Count);
        }
    }

    private Task<List<Fact>> FactsAsync(
        RepositoryPlace place, IEnumerable<DeploymentNode> deployments, RowReader rows, CancellationToken cancellation) => rows.MakeAsync(
        deployments.Where(deployment => deployment.Id is not null || deployment.DatabaseId is not null),
        deployment => $"deployment {deployment.DatabaseId}",
        async deployment => (Fact)deployment.ToFact(place.Scope, await StatusesAsync(deployment, rows, cancellation)));

    private async Task<DeploymentsData> AskAsync(
        RepositoryPlace place, string? after, string[] asked, Dictionary<string, DateTimeOffset> open, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(place, after, asked, cancellation);
        }
        catch (ConnectorException failure) when (failure.Fault == ConnectorFault.NotFound && asked.Length > 0)
        {
            // One that was deleted meanwhile spoils the whole answer: those left are read with the rest at the next full run.
            foreach (var id in asked)
                open.Remove(id);
            return await AskAsync(place, after, [], cancellation);
        }
    }

    private async Task<DeploymentsData> AskAsync(RepositoryPlace place, string? after, string[] open, CancellationToken cancellation)
    {
        var reply = await session.Graph.AskAsync<DeploymentsData>(
            Document, _size, first => new { owner = place.Owner, name = place.Name, first, after, open }, cancellation);
        return reply.Data;
    }

    private async Task<List<DeploymentStatusFact>> StatusesAsync(DeploymentNode deployment, RowReader rows, CancellationToken cancellation)
    {
        var statuses = rows.Read<StatusNode>(deployment.Statuses?.Rows ?? [], "id");
        for (var after = deployment.Statuses?.Next; after is not null;)
        {
            var reply = await session.Graph.AskAsync<MoreStatusesData>(
                MoreStatuses, new { id = Required.Of(deployment.Id, "id"), after }, cancellation);
            statuses.AddRange(rows.Read<StatusNode>(reply.Data.Node?.Statuses?.Rows ?? [], "id"));
            after = reply.Data.Node?.Statuses?.Next;
        }
        return [.. statuses.Select(status => status.ToFact()).OrderBy(status => status.CreatedAt)];
    }

    private void Keep(EnvironmentDeploymentFact deployment, Dictionary<string, DateTimeOffset> open)
    {
        var hasEnded = deployment.Statuses.Any(status => status.State is "success" or "failure" or "error" or "inactive");
        if (hasEnded || deployment.CreatedAt < session.Clock.GetUtcNow() - MayStillEnd)
            open.Remove(deployment.NodeId);
        else
            open[deployment.NodeId] = deployment.CreatedAt;
    }

    /// <param name="Newest">Creation of the newest deployment when all were last read.</param>
    /// <param name="After">The next page of a first reading that was interrupted, and <paramref name="Found"/> the newest it began with.</param>
    /// <param name="Open">Deployments without an end yet, with their creation.</param>
    /// <param name="Mark">The pulse when all were last read.</param>
    private sealed record Cursor(
        DateTimeOffset? Newest, string? After, DateTimeOffset? Found, IReadOnlyDictionary<string, DateTimeOffset>? Open, string? Mark);

    private sealed record DeploymentsData(RepositoryNode? Repository, IReadOnlyList<JsonElement>? Nodes) : GitHubData;

    private sealed record RepositoryNode(long? DatabaseId, PageNode? Deployments);

    private sealed record MoreStatusesData(StatusesNode? Node) : GitHubData;

    private sealed record StatusesNode(PageNode? Statuses);
}
