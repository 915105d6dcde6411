using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// Reads the commits that were released from elsewhere than the default branch, back to where they leave it: a release branch with a
/// picked fix holds less than the default branch did at that time, and only its own history tells what.
/// </summary>
internal sealed class DeployedCommitReader(GitHubSession session, FetchProgress progress)
{
    public const string Resource = "deployed_commits";

    private const int MostCommitsARun = 50;
    private const int MostPages = 20;
    private const int MostRemembered = 1_000;

    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(DeployedCommitReader), "DeployedCommits");

    private readonly Http.PageSize _size = new(100, 100, session.Clock);

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        RepositoryPlace place, string? cursorText, StoredCommits stored, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var cursor = CursorText.Read<Cursor>(cursorText) ?? new Cursor([]);
        var asked = new HashSet<string>(cursor.Gone, StringComparer.Ordinal);
        for (var read = 0; read < MostCommitsARun; read++)
        {
            // Asked anew each time: a branch read for one release holds earlier releases of it.
            var missing = await stored.FindDeployedAndMissing(place.Scope, cancellation);
            if (missing.FirstOrDefault(sha => !asked.Contains(sha)) is not { } next)
                yield break;
            asked.Add(next);
            var isGone = true;
            await foreach (var batch in ReadBackAsync(place, next, stored, cancellation))
            {
                isGone = false;
                yield return batch;
            }
            if (!isGone)
                continue;
            cursor = new Cursor([.. cursor.Gone.TakeLast(MostRemembered - 1), next]);
            yield return progress.Batch(Phase(place), [], new CursorMove(place.Scope, Resource, CursorText.Write(cursor)));
        }
    }

    private async IAsyncEnumerable<FactBatch> ReadBackAsync(
        RepositoryPlace place, string head, StoredCommits stored, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = GitHubRows.OfGraphQl(place.Scope);
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            if (await PageAsync(place, head, after, cancellation) is not { } history)
                yield break;
            var listed = rows.Read<CommitNode>(history.Rows, "oid");
            var missing = await stored.FindMissing(place.Scope, [.. listed.Select(commit => commit.Oid).OfType<string>()], cancellation);
            var news = listed.Where(commit => commit.Oid is { } oid && missing.Contains(oid)).ToList();
            var facts = await rows.MakeAsync(news, commit => $"commit {commit.Oid}", commit => commit.ToFact(place.Scope));
            yield return progress.Batch(Phase(place), facts, null, rows.TakeProblem());

            after = history.Next;
            var parents = news.SelectMany(commit => commit.ParentShas).ToHashSet(StringComparer.Ordinal);
            if (after is null || (await stored.FindMissing(place.Scope, parents, cancellation)).Count == 0)
                yield break;
        }
    }

    private async Task<PageNode?> PageAsync(RepositoryPlace place, string head, string? after, CancellationToken cancellation)
    {
        var reply = await session.Graph.AskAsync<CommitsData>(
            Document, _size, first => new { owner = place.Owner, name = place.Name, head, first, after }, cancellation);
        return place.Insist(reply.Data.Repository?.DatabaseId, reply.Data.Repository).Object?.History;
    }

    private static string Phase(RepositoryPlace place) => $"Deployed commits of {place.FullName}";

    /// <param name="Gone">Commits that the provider no longer has; not asked for again.</param>
    private sealed record Cursor(IReadOnlyList<string> Gone);

    private sealed record CommitsData(RepositoryNode? Repository) : GitHubData;

    private sealed record RepositoryNode(long? DatabaseId, ObjectNode? Object);

    private sealed record ObjectNode(PageNode? History);
}
