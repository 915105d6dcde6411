using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Veelocity.Web.Connectors.GitHub;

/// <summary>
/// Reads pull requests from the last updated back to where the last pass began. A pass may be taken up again at any page: what is
/// updated meanwhile moves to the front, which the next pass reads. One that GitHub does not answer for is skipped and asked for again by
/// the next pass.
/// </summary>
internal sealed class PullRequestReader(GitHubSession session, FetchProgress progress)
{
    public const string Resource = "pulls";

    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(PullRequestReader), "PullRequests");
    private static readonly GraphQlDocument NextDocument = GraphQlDocument.Beside(typeof(PullRequestReader), "NextPullRequest");
    private static readonly GraphQlDocument OneDocument = GraphQlDocument.Beside(typeof(PullRequestReader), "PullRequest");

    /// <summary>GitHub's answers may lag behind its writes by moments, so each pass reads over the end of the one before.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    // Four lists of each and the list of them: 37 are 149 requests by GitHub's count, the most that still round to one point.
    private readonly Http.PageSize _size = new(25, 37, session.Clock);
    private readonly PullRequestDetails _details = new(session);

    public static bool HasNews(string? cursor, RepositoryPulse pulse) => CursorText.Read<Cursor>(cursor) switch
    {
        { Pass: not null } or { Skipped.Count: > 0 } => true,
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
        var skipped = before?.Skipped?.ToList() ?? [];
        if (before?.Pass is null && skipped.Count > 0)
            yield return await ReadSkippedAsync(place, skipped, rows, cancellation);
        var troublesInARow = 0;
        for (var isEnd = false; !isEnd;)
        {
            GraphQlReply<PullRequestsData> reply;
            try
            {
                reply = await session.Graph.AskAsync<PullRequestsData>(
                    Document, _size, first => new { owner = place.Owner, name = place.Name, first, after = pass.After }, cancellation);
                troublesInARow = 0;
            }
            catch (ConnectorException heavy) when (heavy.IsTooHeavy && ++troublesInARow < ScopedReading.MaxTroublesInARow)
            {
                // Its number and the place behind it are asked for alone.
                reply = await session.Graph.AskAsync<PullRequestsData>(
                    NextDocument, new { owner = place.Owner, name = place.Name, after = pass.After }, cancellation);
            }
            var page = place.Insist(reply.Data.Repository?.DatabaseId, reply.Data.Repository?.PullRequests);
            var pulls = rows.Read<PullRequestNode>(page.Rows, "number", "id");
            var wanted = pulls.Where(pull => !(pull.UpdatedAt < pass.Floor)).ToList();
            var facts = troublesInARow > 0 ? Skip(wanted, skipped, rows) : await FactsAsync(place, wanted, skipped, rows, cancellation);

            isEnd = page.Next is null || wanted.Count < pulls.Count;
            pass = pass with
            {
                Start = pass.Start ?? reply.At,
                After = page.Next,
                Newest = pass.Newest ?? pulls.Select(pull => pull.UpdatedAt).FirstOrDefault(),
            };
            var next = isEnd ? new Cursor(pass.Start, pass.Newest, null, skipped) : new Cursor(before?.Watermark, before?.Newest, pass, skipped);
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
        var facts = await OneAsync(place, number, [], rows, cancellation);
        return progress.Batch($"Pull request {number} of {place.FullName}", facts, null, rows.TakeProblem(), facts.Count);
    }

    private async Task<List<Fact>> OneAsync(RepositoryPlace place, int number, List<int> skipped, RowReader rows, CancellationToken cancellation)
    {
        var reply = await session.Graph.AskAsync<PullRequestData>(
            OneDocument, new { owner = place.Owner, name = place.Name, number }, cancellation);
        var repository = place.Insist(reply.Data.Repository?.DatabaseId, reply.Data.Repository);
        return await FactsAsync(place, rows.Read<PullRequestNode>([repository.PullRequest], "number", "id"), skipped, rows, cancellation);
    }

    private Task<List<Fact>> FactsAsync(
        RepositoryPlace place, List<PullRequestNode> pulls, List<int> skipped, RowReader rows, CancellationToken cancellation) =>
        rows.MakeAsync(pulls, pull => $"pull request {pull.Number}", async pull =>
        {
            try
            {
                return await _details.CompleteAsync(place, pull, rows, cancellation);
            }
            catch (ConnectorException heavy) when (heavy.IsTooHeavy)
            {
                skipped.Add(pull.Number ?? 0);
                throw;
            }
        });

    private static List<Fact> Skip(List<PullRequestNode> pulls, List<int> skipped, RowReader rows)
    {
        foreach (var pull in pulls)
        {
            skipped.Add(pull.Number ?? 0);
            rows.Skip($"pull request {pull.Number}");
        }
        return [];
    }

    /// <summary>What earlier passes skipped; what GitHub still does not answer for stays in the list, and what is gone leaves it.</summary>
    private async Task<FactBatch> ReadSkippedAsync(RepositoryPlace place, List<int> skipped, RowReader rows, CancellationToken cancellation)
    {
        var facts = new List<Fact>();
        int[] numbers = [.. skipped.Distinct()];
        skipped.Clear();
        foreach (var number in numbers)
        {
            try
            {
                facts.AddRange(await OneAsync(place, number, skipped, rows, cancellation));
            }
            catch (ConnectorException heavy) when (heavy.IsTooHeavy)
            {
                skipped.Add(number);
                rows.Skip($"pull request {number}");
            }
            catch (ConnectorException gone) when (gone.Fault == ConnectorFault.NotFound)
            {
                // It was deleted.
            }
        }
        return progress.Batch($"Pull requests of {place.FullName}", facts, null, rows.TakeProblem(), facts.Count);
    }

    /// <param name="Skipped">Numbers of pull requests that GitHub did not answer for.</param>
    private sealed record Cursor(DateTimeOffset? Watermark, DateTimeOffset? Newest, Pass? Pass, IReadOnlyList<int>? Skipped);

    private sealed record Pass(DateTimeOffset? Start, string? After, DateTimeOffset Floor, DateTimeOffset? Newest);

    private sealed record PullRequestsData(RepositoryNode? Repository) : GitHubData;

    private sealed record RepositoryNode(long? DatabaseId, PageNode? PullRequests);

    private sealed record PullRequestData(OneRepositoryNode? Repository) : GitHubData;

    private sealed record OneRepositoryNode(long? DatabaseId, JsonElement PullRequest);
}
