using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// Catches up on jobs: when those of a workflow become wanted that were not before, because a rule was changed or its file was, its runs
/// are listed once more, newest first, and get in line. How far back that is stands in a cursor, so that it goes on after a crash; what is
/// no longer wanted is forgotten, and would be caught up on again.
/// </summary>
internal sealed class PastJobs(GitHubSession session, FetchProgress progress, RepositoryPlace place, WorkflowBook book, JobQueue queue)
{
    public const string Resource = "jobs-past";

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public async IAsyncEnumerable<FactBatch> ReadAsync(FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var before = CursorText.Read<Cursor>(request.CursorOf(place.Scope, Resource))?.BackTo ?? new Dictionary<long, DateTimeOffset?>();
        var wanted = book.Wanted;
        // Of workflows that are new all runs were just read, with their jobs.
        var backTo = wanted.ToDictionary(id => id, id => before.TryGetValue(id, out var back) ? back : book.Learned.Contains(id) ? null : DateTimeOffset.MaxValue);
        foreach (var id in wanted.Where(id => backTo[id] is not null))
        {
            await foreach (var batch in CatchUpAsync(id, backTo, request.HistoryStart, cancellation))
                yield return batch;
        }
        if (backTo.Count != before.Count || backTo.Any(entry => !before.TryGetValue(entry.Key, out var back) || back != entry.Value))
            Move(backTo);
    }

    private async IAsyncEnumerable<FactBatch> CatchUpAsync(
        long workflow, Dictionary<long, DateTimeOffset?> backTo, DateTimeOffset historyStart, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = session.Clock.GetUtcNow();
        var to = backTo[workflow] is { } back && back < now ? back : now + ClockSkew;
        var rows = GitHubRows.OfRest(place.Scope);
        var details = new RunDetails(session, place, book, new AttemptMemory(null, now), queue);
        await using var pages = new RunWindows(session, place, workflow).ReadAsync(historyStart, to, cancellation).GetAsyncEnumerator(cancellation);
        while (await NextAsync(pages))
        {
            var runs = rows.Read<RunRow>(pages.Current.Rows, "id").Where(run => run.Id is not null).ToList();
            var facts = await details.CompleteAsync(runs, rows, cancellation);
            yield return progress.Batch($"Jobs of {place.FullName}", facts, null, rows.TakeProblem());
            if (pages.Current.ReadBackTo is { } readBackTo)
            {
                backTo[workflow] = readBackTo;
                Move(backTo);
            }
            await foreach (var batch in queue.ReadAsync(isEnd: false, cancellation))
                yield return batch;
        }
        backTo[workflow] = null;
    }

    private void Move(Dictionary<long, DateTimeOffset?> backTo)
    {
        var text = CursorText.Write(new Cursor(new Dictionary<long, DateTimeOffset?>(backTo)));
        queue.AddMove(place.Scope, Resource, () => text);
    }

    // GitHub forgets a workflow whose file is gone, though not its runs.
    private static async Task<bool> NextAsync(IAsyncEnumerator<RunPage> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (ConnectorException failure) when (failure.Fault == ConnectorFault.NotFound)
        {
            return false;
        }
    }

    /// <param name="BackTo">By wanted workflow: since when the jobs of its runs are read; null when of all.</param>
    private sealed record Cursor(IReadOnlyDictionary<long, DateTimeOffset?>? BackTo);
}
