using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>
/// Reads the default branch's history from its head: the first time all of it, later what is not reachable from the head known
/// before. A head that is no longer in the history was pushed away by force, and all is read again. Through REST, where a hundred
/// commits are one request of a budget that little else draws on.
/// </summary>
internal sealed class CommitReader(GitHubSession session, FetchProgress progress)
{
    public const string Resource = "commits";

    private const int PerPage = 100;

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
            await foreach (var batch in WalkAsync(place, new Cursor(null, unfinished, cursor.Page), cancellation))
                yield return batch;
            cursor = new Cursor(unfinished, null, null);
        }
        if (cursor.Head != head)
        {
            await foreach (var batch in WalkAsync(place, new Cursor(cursor.Head, head, null), cancellation))
                yield return batch;
        }
    }

    /// <summary>What was pushed since; a first reading that is not at its end is left to the sync.</summary>
    public async IAsyncEnumerable<FactBatch> ReadNewestAsync(
        RepositoryPlace place, string? cursorText, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (CursorText.Read<Cursor>(cursorText) is not { Head: not null, Walk: null })
            yield break;
        var rows = GitHubRows.OfRest(place.Scope);
        var reply = await session.Rest.GetAsync<List<JsonElement>>($"{place.Path}/commits?per_page=1", cancellation);
        if (rows.Read<CommitRow>(reply.Rows, "sha") is not [{ Sha: { } head }])
            yield break;
        await foreach (var batch in ReadAsync(place, cursorText, head, cancellation))
            yield return batch;
    }

    private async IAsyncEnumerable<FactBatch> WalkAsync(
        RepositoryPlace place, Cursor from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = GitHubRows.OfRest(place.Scope);
        var frontier = new CommitFrontier(from.Walk!, from.Head);
        for (var (page, isEnd) = (from.Page ?? 1, false); !isEnd; page++)
        {
            // From a fixed commit, so that the pages stay the same while the branch moves on.
            var reply = await session.Rest.GetAsync<List<JsonElement>>(
                $"{place.Path}/commits?sha={from.Walk}&per_page={PerPage}&page={page}", cancellation);
            var news = rows.Read<CommitRow>(reply.Rows, "sha").Where(commit => frontier.IsNew(commit.Sha, commit.ParentShas)).ToList();
            var facts = await rows.MakeAsync(news, commit => $"commit {commit.Sha}", commit => commit.ToFact(place.Scope));

            isEnd = reply.Rows.Count < PerPage || frontier.IsClosed;
            var count = facts.Count;
            if (isEnd) facts.Add(new DefaultBranchFact(place.Scope, from.Walk!));
            // A walk towards a known head lives in memory and starts again when interrupted; only the first, long one is taken up.
            var move = isEnd ? new Cursor(from.Walk, null, null) : from.Head is null ? new Cursor(null, from.Walk, page + 1) : null;
            yield return progress.Batch(
                $"Commits of {place.FullName}",
                facts,
                move is null ? null : new CursorMove(place.Scope, Resource, CursorText.Write(move)),
                rows.TakeProblem(),
                from.Head is null ? count : 0);
        }
    }

    /// <param name="Head">The last head whose history was read to the end.</param>
    /// <param name="Walk">The head whose history is being read for the first time.</param>
    /// <param name="Page">The next page of that reading.</param>
    private sealed record Cursor(string? Head, string? Walk, int? Page);
}
