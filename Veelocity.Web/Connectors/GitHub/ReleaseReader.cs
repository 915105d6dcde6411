using System.Globalization;
using System.Runtime.CompilerServices;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>
/// Reads releases, newest first: all of them the first time, later the newest page whenever something changed, and all of them again
/// when some may have been deleted. GitHub tells of no deletion, so whoever has seen the whole list says so.
/// </summary>
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
        var isWhole = isFirst || pulse.Releases <= before!.Total;
        var after = before?.After;
        var seen = after is null ? new List<string>() : null;
        var rows = GitHubRows.OfGraphQl(place.Scope);
        for (var isEnd = false; !isEnd;)
        {
            var page = await PageAsync(place, after, cancellation);
            var facts = await FactsAsync(place, page, rows);
            seen?.AddRange(facts.Cast<ReleaseFact>().Select(release => release.ExternalId));
            after = page.Next;
            isEnd = after is null || !isWhole;
            var problem = rows.TakeProblem();
            if (after is null && seen is not null && problem is null)
                facts.Add(new OnlyReleasesFact(place.Scope, seen));
            var next = isEnd ? new Cursor(pulse.ReleaseMark, pulse.Releases, null) : isFirst ? new Cursor(null, null, after) : null;
            yield return progress.Batch(
                $"Releases of {place.FullName}",
                facts,
                next is null ? null : new CursorMove(place.Scope, Resource, CursorText.Write(next)),
                problem,
                isFirst ? facts.Count(fact => fact is ReleaseFact) : 0);
        }
    }

    /// <summary>The newest page, as it is now.</summary>
    public async Task<FactBatch> ReadNewestAsync(RepositoryPlace place, CancellationToken cancellation)
    {
        var rows = GitHubRows.OfGraphQl(place.Scope);
        var page = await PageAsync(place, null, cancellation);
        var facts = await FactsAsync(place, page, rows);
        var problem = rows.TakeProblem();
        if (page.Next is null && problem is null)
            facts.Add(new OnlyReleasesFact(place.Scope, [.. facts.Cast<ReleaseFact>().Select(release => release.ExternalId)]));
        return progress.Batch($"Releases of {place.FullName}", facts, null, problem, facts.Count(fact => fact is ReleaseFact));
    }

    private async Task<PageNode> PageAsync(RepositoryPlace place, string? after, CancellationToken cancellation)
    {
        var reply = await session.Graph.AskAsync<ReleasesData>(
            Document, _size, first => new { owner = place.Owner, name = place.Name, first, after }, cancellation);
        return place.Insist(reply.Data.Repository?.DatabaseId, reply.Data.Repository?.Releases);
    }

    private static Task<List<Fact>> FactsAsync(RepositoryPlace place, PageNode page, RowReader rows) => rows.MakeAsync(
        rows.Read<ReleaseNode>(page.Rows, "tagName", "databaseId"),
        release => $"release {release.TagName}",
        release => release.ToFact(place.Scope));

    /// <param name="Seen">What the pulse was when all was read, and <paramref name="Total"/> how many there were.</param>
    /// <param name="After">The next page of a first reading.</param>
    private sealed record Cursor(string? Seen, long? Total, string? After);

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
