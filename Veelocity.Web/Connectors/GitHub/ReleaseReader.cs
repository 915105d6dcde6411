using System.Globalization;
using System.Runtime.CompilerServices;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>
/// Reads releases and tags, newest first: all of them the first time, later the newest pages when something changed, and all of them again
/// when some may have been deleted. GitHub reports no deletions, so reading the whole list is the only way to notice one.
/// </summary>
internal sealed class ReleaseReader(GitHubSession session, FetchProgress progress)
{
    public const string Resource = "releases";

    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(ReleaseReader), "Releases");

    private readonly Http.PageSize _size = new(100, 100, session.Clock);

    public static bool HasNews(string? cursorText, RepositoryPulse pulse)
    {
        var cursor = CursorText.Read<Cursor>(cursorText) ?? Cursor.Empty;
        return cursor.WantsReleases(pulse) || cursor.WantsTags(pulse);
    }

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        RepositoryPlace place, string? cursorText, RepositoryPulse pulse,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var before = CursorText.Read<Cursor>(cursorText) ?? Cursor.Empty;
        var isFirst = before.Seen is null;
        var releases = new Walk<ReleaseFact>(
            before.WantsReleases(pulse), isFirst, isFirst ? null : pulse.Releases - before.Total, before.After, release => release.ExternalId);
        var tags = new Walk<TagFact>(
            before.WantsTags(pulse), before.TagsSeen is null, before.TagsSeen is null ? null : pulse.Tags - before.TagsTotal, before.AfterTag, tag => tag.Name);
        var rows = GitHubRows.OfGraphQl(place.Scope);
        var newest = before.Newest;
        while (releases.IsOpen || tags.IsOpen)
        {
            var page = await PageAsync(place, releases, tags, cancellation);
            var facts = await ReleaseFactsAsync(place, page.Releases, rows);
            var read = facts.Count;
            releases.Take(page.Releases, facts, _ => true);
            var tagFacts = await TagFactsAsync(place, page.Refs, rows);
            tags.Take(page.Refs, tagFacts, tag => DateOf(tag) > before.Newest);
            var problem = rows.TakeProblem();
            if (problem is null && releases.Everything is { } ids) facts.Add(new OnlyReleasesFact(place.Scope, ids));
            if (problem is null && tags.Everything is { } names) tagFacts.Add(new OnlyTagsFact(place.Scope, names));
            newest = tagFacts.OfType<TagFact>().Select(tag => (DateTimeOffset?)DateOf(tag)).Append(newest).Max();
            var isEnd = !releases.IsOpen && !tags.IsOpen;
            var next = isEnd || releases.IsFirst || tags.IsFirst ? Next(before with { Newest = newest }, pulse, releases, tags) : null;
            yield return progress.Batch(
                $"Releases of {place.FullName}",
                [.. facts, .. tagFacts],
                next is null ? null : new CursorMove(place.Scope, Resource, CursorText.Write(next)),
                problem,
                isFirst ? read : 0);
        }
    }

    /// <summary>The newest page, as it is now.</summary>
    public async Task<FactBatch> ReadNewestAsync(RepositoryPlace place, CancellationToken cancellation)
    {
        var rows = GitHubRows.OfGraphQl(place.Scope);
        var releases = new Walk<ReleaseFact>(isWanted: true, isFirst: true, growth: null, after: null, release => release.ExternalId);
        var tags = new Walk<TagFact>(isWanted: true, isFirst: true, growth: null, after: null, tag => tag.Name);
        var page = await PageAsync(place, releases, tags, cancellation);
        var facts = await ReleaseFactsAsync(place, page.Releases, rows);
        var read = facts.Count;
        releases.Take(page.Releases, facts, _ => false);
        var tagFacts = await TagFactsAsync(place, page.Refs, rows);
        tags.Take(page.Refs, tagFacts, _ => false);
        var problem = rows.TakeProblem();
        if (problem is null && releases.Everything is { } ids) facts.Add(new OnlyReleasesFact(place.Scope, ids));
        if (problem is null && tags.Everything is { } names) tagFacts.Add(new OnlyTagsFact(place.Scope, names));
        return progress.Batch($"Releases of {place.FullName}", [.. facts, .. tagFacts], null, problem, read);
    }

    private async Task<RepositoryNode> PageAsync(
        RepositoryPlace place, Walk<ReleaseFact> releases, Walk<TagFact> tags, CancellationToken cancellation)
    {
        var reply = await session.Graph.AskAsync<ReleasesData>(
            Document,
            _size,
            first => new
            {
                owner = place.Owner,
                name = place.Name,
                first,
                after = releases.After,
                afterTag = tags.After,
                withReleases = releases.IsOpen,
                withTags = tags.IsOpen,
            },
            cancellation);
        return place.Insist(reply.Data.Repository?.DatabaseId, reply.Data.Repository);
    }

    private static Task<List<Fact>> ReleaseFactsAsync(RepositoryPlace place, PageNode? page, RowReader rows) => rows.MakeAsync(
        rows.Read<ReleaseNode>(page?.Rows ?? [], "tagName", "databaseId"),
        release => $"release {release.TagName}",
        release => release.ToFact(place.Scope));

    private static Task<List<Fact>> TagFactsAsync(RepositoryPlace place, PageNode? page, RowReader rows) => rows.MakeAsync(
        rows.Read<TagNode>(page?.Rows ?? [], "name").Where(tag => tag.Commit is not null), tag => $"tag {tag.Name}", tag => tag.ToFact(place.Scope));

    private static DateTimeOffset DateOf(TagFact tag) => tag.TaggedAt ?? tag.CommittedAt;

    private static Cursor Next(Cursor before, RepositoryPulse pulse, Walk<ReleaseFact> releases, Walk<TagFact> tags) => new(
        releases.IsOpen ? before.Seen : pulse.ReleaseMark, releases.IsOpen ? before.Total : pulse.Releases, releases.IsFirst ? releases.After : null,
        tags.IsOpen ? before.TagsSeen : pulse.TagMark, tags.IsOpen ? before.TagsTotal : pulse.Tags, tags.IsFirst ? tags.After : null, before.Newest);

    /// <param name="Seen">The pulse when all releases were read, and <paramref name="Total"/> how many there were.</param>
    /// <param name="After">The next page of a first reading; the same for tags.</param>
    /// <param name="Newest">Date of the newest tag.</param>
    private sealed record Cursor(
        string? Seen, long? Total, string? After, string? TagsSeen = null, long? TagsTotal = null, string? AfterTag = null, DateTimeOffset? Newest = null)
    {
        public static readonly Cursor Empty = new(null, null, null);

        public bool WantsReleases(RepositoryPulse pulse) => After is not null || (Seen is null ? pulse.Releases > 0 : Seen != pulse.ReleaseMark);

        public bool WantsTags(RepositoryPulse pulse) => AfterTag is not null || (TagsSeen is null ? pulse.Tags > 0 : TagsSeen != pulse.TagMark);
    }

    private sealed record ReleasesData(RepositoryNode? Repository) : GitHubData;

    private sealed record RepositoryNode(long? DatabaseId, PageNode? Releases, PageNode? Refs);

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
