using System.Runtime.CompilerServices;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>
/// Reads which files pull requests changed, of repositories that are split by paths; the others never ask. Like the pull requests
/// themselves from the last updated back to where the last pass began, with a cursor of its own: a repository that is split later reads them all.
/// </summary>
internal sealed class PullRequestFilesReader(GitHubSession session, FetchProgress progress)
{
    public const string Resource = "files";

    // GitHub lists no more of one pull request.
    private const int MostFiles = 3000;

    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(PullRequestFilesReader), "PullRequestFiles");
    private static readonly GraphQlDocument OneDocument = GraphQlDocument.Beside(typeof(PullRequestFilesReader), "FilesOfPullRequest");
    private static readonly GraphQlDocument MoreFiles = GraphQlDocument.Beside(typeof(PullRequestFilesReader), "MoreFiles");

    /// <summary>GitHub's answers may lag behind its writes by moments, so each pass reads over the end of the one before.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly Http.PageSize _size = new(50, 50, session.Clock);

    public static bool HasNews(string? cursor, RepositoryPulse pulse) => CursorText.Read<Cursor>(cursor) switch
    {
        { Pass: not null } => true,
        { Watermark: { } watermark } read => read.Newest != pulse.PullRequestUpdatedAt || read.Newest > watermark - Overlap,
        _ => pulse.PullRequests > 0,
    };

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        RepositoryPlace place, string? cursorText, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var before = CursorText.Read<Cursor>(cursorText);
        var pass = before?.Pass ?? new Pass(null, null, before?.Watermark - Overlap ?? DateTimeOffset.MinValue, null);
        var rows = GitHubRows.OfGraphQl(place.Scope);
        for (var isEnd = false; !isEnd;)
        {
            var reply = await session.Graph.AskAsync<FilesData>(
                Document, _size, first => new { owner = place.Owner, name = place.Name, first, after = pass.After }, cancellation);
            var page = reply.Data.Repository?.PullRequests
                ?? throw new ConnectorException(ConnectorFault.NotFound, $"GitHub no longer shows {place.FullName} to this token.");
            var pulls = rows.Read<PullNode>(page.Rows, "number", "id");
            var wanted = pulls.Where(pull => !(pull.UpdatedAt < pass.Floor)).ToList();
            var facts = await rows.MakeAsync(
                wanted, pull => $"the files of pull request {pull.Number}", pull => CompleteAsync(place, pull, rows, cancellation));

            isEnd = page.Next is null || wanted.Count < pulls.Count;
            pass = pass with
            {
                Start = pass.Start ?? reply.At,
                After = page.Next,
                Newest = pass.Newest ?? pulls.Select(pull => pull.UpdatedAt).FirstOrDefault(),
            };
            var next = isEnd ? new Cursor(pass.Start, pass.Newest, null) : new Cursor(before?.Watermark, before?.Newest, pass);
            yield return progress.Batch(
                $"Changed files of {place.FullName}", facts, new CursorMove(place.Scope, Resource, CursorText.Write(next)), rows.TakeProblem());
        }
    }

    /// <summary>The files of one pull request; the cursor stays where it is.</summary>
    public async Task<FactBatch> ReadOneAsync(RepositoryPlace place, int number, CancellationToken cancellation)
    {
        var rows = GitHubRows.OfGraphQl(place.Scope);
        var reply = await session.Graph.AskAsync<OneData>(OneDocument, new { owner = place.Owner, name = place.Name, number }, cancellation);
        var pull = reply.Data.Repository?.PullRequest
            ?? throw new ConnectorException(ConnectorFault.NotFound, $"GitHub no longer shows pull request {number} of {place.FullName} to this token.");
        var fact = await CompleteAsync(place, pull, rows, cancellation);
        return progress.Batch($"Changed files of {place.FullName}", [fact], null, rows.TakeProblem());
    }

    private async Task<Fact> CompleteAsync(RepositoryPlace place, PullNode pull, RowReader rows, CancellationToken cancellation)
    {
        var files = rows.Read<FileNode>(pull.Files?.Rows ?? [], "path");
        for (var after = pull.Files?.Next; after is not null && files.Count < MostFiles;)
        {
            var reply = await session.Graph.AskAsync<MoreData>(MoreFiles, new { id = Required.Of(pull.Id, "id"), after }, cancellation);
            files.AddRange(rows.Read<FileNode>(reply.Data.Node?.Files?.Rows ?? [], "path"));
            after = reply.Data.Node?.Files?.Next;
        }
        string[] paths = [.. files.Select(file => file.Path).OfType<string>().Distinct(StringComparer.Ordinal)];
        return new PullRequestPathsFact(place.Scope, Required.Of(pull.Number, "number"), paths, paths.Length >= (pull.Files?.TotalCount ?? 0));
    }

    private sealed record Cursor(DateTimeOffset? Watermark, DateTimeOffset? Newest, Pass? Pass);

    private sealed record Pass(DateTimeOffset? Start, string? After, DateTimeOffset Floor, DateTimeOffset? Newest);

    private sealed record FilesData(RepositoryNode? Repository) : GitHubData;

    private sealed record RepositoryNode(PageNode? PullRequests);

    private sealed record OneData(OneRepositoryNode? Repository) : GitHubData;

    private sealed record OneRepositoryNode(PullNode? PullRequest);

    private sealed record PullNode(string? Id, int? Number, DateTimeOffset? UpdatedAt, PageNode? Files);

    private sealed record FileNode(string? Path);

    private sealed record MoreData(PullNode? Node) : GitHubData;
}
