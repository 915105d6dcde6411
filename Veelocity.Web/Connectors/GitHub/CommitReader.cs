using System.Runtime.CompilerServices;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>
/// Reads the default branch's history from its head: the first time all of it, later what is not reachable from the head known
/// before. A head that is no longer in the history was pushed away by force, and all is read again.
/// </summary>
internal sealed class CommitReader(GitHubSession session, FetchProgress progress)
{
    public const string Resource = "commits";

    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(CommitReader), "Commits");

    private readonly Http.PageSize _size = new(100, 100, session.Clock);

    public static bool HasNews(string? cursorText, RepositoryPulse pulse)
    {
        var cursor = CursorText.Read<Cursor>(cursorText);
        return pulse.Head is not null && (cursor?.Walk is not null || cursor?.Head != pulse.Head);
    }

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        RepositoryPlace place, string? cursorText, string head, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var cursor = CursorText.Read<Cursor>(cursorText) ?? new Cursor(null, head, null);
        if (cursor.Walk is { } unfinished)
        {
            await foreach (var batch in WalkAsync(place, new Cursor(null, unfinished, cursor.After), cancellation))
                yield return batch;
            cursor = new Cursor(unfinished, null, null);
        }
        if (cursor.Head != head)
        {
            await foreach (var batch in WalkAsync(place, new Cursor(cursor.Head, head, null), cancellation))
                yield return batch;
        }
    }

    private async IAsyncEnumerable<FactBatch> WalkAsync(
        RepositoryPlace place, Cursor from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = RowReader.OfGraphQl(place.Scope);
        var frontier = new CommitFrontier(from.Walk!, from.Head);
        var after = from.After;
        for (var isEnd = false; !isEnd;)
        {
            var reply = await _size.AskAsync(
                first => session.Graph.AskAsync<CommitsData>(
                    Document, new { owner = place.Owner, name = place.Name, head = from.Walk, first, after }, cancellation),
                cancellation);
            var page = reply.Data.Repository?.Object?.History ?? throw new ConnectorException(
                ConnectorFault.NotFound, $"The head of {place.FullName} is gone since it was seen; the next run reads the new one.");
            var commits = rows.Read<CommitNode>(page.Rows, "oid");
            var news = commits.Where(frontier.IsNew).ToList();
            var facts = await rows.MakeAsync(news, commit => $"commit {commit.Oid}", commit => commit.ToFact(place.Scope, rows));

            after = page.Next;
            isEnd = after is null || frontier.IsClosed;
            // A walk towards a known head lives in memory and starts again when interrupted; only the first, long one is taken up.
            var move = isEnd ? new Cursor(from.Walk, null, null) : from.Head is null ? new Cursor(null, from.Walk, after) : null;
            yield return progress.Batch(
                $"Commits of {place.FullName}",
                facts,
                move is null ? null : new CursorMove(place.Scope, Resource, CursorText.Write(move)),
                rows.TakeProblem(),
                from.Head is null ? facts.Count : 0);
        }
    }

    /// <param name="Head">The last head whose history was read to the end.</param>
    /// <param name="Walk">The head whose history is being read for the first time.</param>
    private sealed record Cursor(string? Head, string? Walk, string? After);

    private sealed record CommitsData(RepositoryNode? Repository) : GitHubData;

    private sealed record RepositoryNode(ObjectNode? Object);

    private sealed record ObjectNode(PageNode? History);
}
