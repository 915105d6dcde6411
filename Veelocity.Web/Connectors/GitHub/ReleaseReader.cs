using System.Globalization;
using System.Runtime.CompilerServices;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>Reads releases, newest first: all of them the first time, then the newest page whenever something changed.</summary>
internal sealed class ReleaseReader(GitHubSession session, FetchProgress progress)
{
    public const string Resource = "releases";

    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(ReleaseReader), "Releases");

    private readonly Http.PageSize _size = new(100, 100, session.Clock);

    public static bool HasNews(string? cursor, RepositoryPulse pulse) =>
        CursorText.Read<Cursor>(cursor) is { } read ? read.After is not null || read.Seen != pulse.ReleaseMark : pulse.Releases > 0;

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        RepositoryPlace place, string? cursorText, RepositoryPulse pulse,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var before = CursorText.Read<Cursor>(cursorText);
        var isFirst = before?.Seen is null;
        var after = before?.After;
        var rows = GitHubRows.OfGraphQl(place.Scope);
        for (var isEnd = false; !isEnd;)
        {
            var page = await PageAsync(place, after, cancellation);
            var facts = await FactsAsync(place, page, rows);

            after = page.Next;
            isEnd = !isFirst || after is null;
            yield return progress.Batch(
                $"Releases of {place.FullName}",
                facts,
                new CursorMove(place.Scope, Resource, CursorText.Write(isEnd ? new Cursor(pulse.ReleaseMark, null) : new Cursor(null, after))),
                rows.TakeProblem(),
                isFirst ? facts.Count : 0);
        }
    }

    /// <summary>The newest page, as it is now.</summary>
    public async Task<FactBatch> ReadNewestAsync(RepositoryPlace place, CancellationToken cancellation)
    {
        var rows = GitHubRows.OfGraphQl(place.Scope);
        var facts = await FactsAsync(place, await PageAsync(place, null, cancellation), rows);
        return progress.Batch($"Releases of {place.FullName}", facts, null, rows.TakeProblem(), facts.Count);
    }

    private async Task<PageNode> PageAsync(RepositoryPlace place, string? after, CancellationToken cancellation)
    {
        var reply = await _size.AskAsync(
            first => session.Graph.AskAsync<ReleasesData>(
                Document, new { owner = place.Owner, name = place.Name, first, after }, cancellation),
            cancellation);
        return place.Insist(reply.Data.Repository?.DatabaseId, reply.Data.Repository?.Releases);
    }

    private static Task<List<Fact>> FactsAsync(RepositoryPlace place, PageNode page, RowReader rows) => rows.MakeAsync(
        rows.Read<ReleaseNode>(page.Rows, "tagName", "databaseId"),
        release => $"release {release.TagName}",
        release => release.ToFact(place.Scope));

    private sealed record Cursor(string? Seen, string? After);

    private sealed record ReleasesData(RepositoryNode? Repository) : GitHubData;

    private sealed record RepositoryNode(long? DatabaseId, PageNode? Releases);

    private sealed record ReleaseNode(
        long? DatabaseId,
        string? Name,
        string? TagName,
        bool IsDraft,
        bool IsPrerelease,
        DateTimeOffset? PublishedAt,
        string? Url,
        OidNode? TagCommit)
    {
        public ReleaseFact ToFact(string repositoryId) => new(
            repositoryId,
            Required.Of(DatabaseId, "databaseId").ToString(CultureInfo.InvariantCulture),
            Required.Of(TagName, "tagName"),
            Name,
            Required.Of(Url, "url"),
            TagCommit?.Oid,
            IsDraft,
            IsPrerelease,
            IsDraft ? null : PublishedAt);
    }
}
