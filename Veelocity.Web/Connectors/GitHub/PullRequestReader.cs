using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>
/// Reads pull requests from the last updated back to where the last pass began. A pass may be taken up again at any page: what is
/// updated meanwhile moves to the front, which the next pass reads.
/// </summary>
internal sealed class PullRequestReader(GitHubSession session, FetchProgress progress)
{
    public const string Resource = "pulls";

    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(PullRequestReader), "PullRequests");
    private static readonly GraphQlDocument OneDocument = GraphQlDocument.Beside(typeof(PullRequestReader), "PullRequest");

    /// <summary>GitHub's answers may lag behind its writes by moments, so each pass reads over the end of the one before.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    // Four lists of each and the list of them: 37 are 149 requests by GitHub's count, the most that still round to one point.
    private readonly Http.PageSize _size = new(25, 37, session.Clock);
    private readonly PullRequestDetails _details = new(session);

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
        var isFirst = before?.Watermark is null;
        var pass = before?.Pass ?? new Pass(null, null, before?.Watermark - Overlap ?? DateTimeOffset.MinValue, null);
        var rows = GitHubRows.OfGraphQl(place.Scope);
        for (var isEnd = false; !isEnd;)
        {
            var reply = await _size.AskAsync(
                first => session.Graph.AskAsync<PullRequestsData>(
                    Document, new { owner = place.Owner, name = place.Name, first, after = pass.After }, cancellation),
                cancellation);
            var page = place.Insist(reply.Data.Repository?.DatabaseId, reply.Data.Repository?.PullRequests);
            var pulls = rows.Read<PullRequestNode>(page.Rows, "number", "id");
            var wanted = pulls.Where(pull => !(pull.UpdatedAt < pass.Floor)).ToList();
            var facts = await rows.MakeAsync(
                wanted, pull => $"pull request {pull.Number}", pull => _details.CompleteAsync(place, pull, rows, cancellation));

            isEnd = page.Next is null || wanted.Count < pulls.Count;
            pass = pass with
            {
                Start = pass.Start ?? reply.At,
                After = page.Next,
                Newest = pass.Newest ?? pulls.Select(pull => pull.UpdatedAt).FirstOrDefault(),
            };
            var next = isEnd ? new Cursor(pass.Start, pass.Newest, null) : new Cursor(before?.Watermark, before?.Newest, pass);
            yield return progress.Batch(
                $"Pull requests of {place.FullName}",
                facts,
                new CursorMove(place.Scope, Resource, CursorText.Write(next)),
                rows.TakeProblem(),
                isFirst ? facts.Count : 0);
        }
    }

    /// <summary>One as it is now; no fact when there is none.</summary>
    public async Task<FactBatch> ReadOneAsync(RepositoryPlace place, int number, CancellationToken cancellation)
    {
        var rows = GitHubRows.OfGraphQl(place.Scope);
        var reply = await session.Graph.AskAsync<PullRequestData>(
            OneDocument, new { owner = place.Owner, name = place.Name, number }, cancellation);
        var repository = place.Insist(reply.Data.Repository?.DatabaseId, reply.Data.Repository);
        var facts = await rows.MakeAsync(
            rows.Read<PullRequestNode>([repository.PullRequest], "number", "id"),
            pull => $"pull request {pull.Number}",
            pull => _details.CompleteAsync(place, pull, rows, cancellation));
        return progress.Batch($"Pull request {number} of {place.FullName}", facts, null, rows.TakeProblem(), facts.Count);
    }

    private sealed record Cursor(DateTimeOffset? Watermark, DateTimeOffset? Newest, Pass? Pass);

    private sealed record Pass(DateTimeOffset? Start, string? After, DateTimeOffset Floor, DateTimeOffset? Newest);

    private sealed record PullRequestsData(RepositoryNode? Repository) : GitHubData;

    private sealed record RepositoryNode(long? DatabaseId, PageNode? PullRequests);

    private sealed record PullRequestData(OneRepositoryNode? Repository) : GitHubData;

    private sealed record OneRepositoryNode(long? DatabaseId, JsonElement PullRequest);
}
