using System.Runtime.CompilerServices;
using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// Reads runs: the recent ones again and again, because they change and nothing lists changes; those seen unfinished, by their id;
/// and the past once, from the newest backwards.
/// </summary>
internal sealed class RunReader(GitHubSession session, FetchProgress progress, RepositoryPlace place, WorkflowBook book, JobQueue queue)
{
    public const string Resource = "runs";
    public const string PastResource = "runs-past";

    /// <summary>A run lasts a day at most, and then some for clocks.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(26);

    /// <summary>Runs can be repeated for thirty days.</summary>
    private static readonly TimeSpan Repeatable = TimeSpan.FromDays(32);

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly RowReader _rows = GitHubRows.OfRest(place.Scope);
    private readonly RunWindows _windows = new(session, place);
    private readonly Dictionary<long, DateTimeOffset> _open = [];
    private readonly HashSet<long> _seen = [];

    private DateTimeOffset? _until;

    private string Phase => $"Workflow runs of {place.FullName}";

    public async IAsyncEnumerable<FactBatch> ReadAsync(FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = session.Clock.GetUtcNow();
        var cursor = CursorText.Read<Cursor>(request.CursorOf(place.Scope, Resource));
        var past = CursorText.Read<PastCursor>(request.CursorOf(place.Scope, PastResource));
        var memory = new AttemptMemory(cursor?.Settled, now);
        var details = new RunDetails(session, place, book, memory, queue);
        var isFirst = cursor is null && past is null && !request.IsFull;
        if (!isFirst)
        {
            var floor = request.IsFull && cursor is null ? now - Repeatable : (cursor?.Until ?? now) - Recent;
            await foreach (var batch in RecentAsync(floor, now, cursor, details, memory, cancellation))
                yield return batch;
        }

        // The past is read once, by the runs that are not full: a full one only looks for what can still change.
        if (request.IsFull || past is { BackTo: null })
            yield break;
        await foreach (var batch in PastAsync(past?.BackTo ?? now + ClockSkew, now, isFirst, request.HistoryStart, details, memory, cancellation))
            yield return batch;
    }

    private async IAsyncEnumerable<FactBatch> RecentAsync(
        DateTimeOffset floor, DateTimeOffset now, Cursor? cursor, RunDetails details, AttemptMemory memory,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        DateTimeOffset? start = null;
        await foreach (var page in _windows.ReadAsync(floor, now + ClockSkew, cancellation))
        {
            start ??= page.At;
            await foreach (var batch in TakeAsync(page, details, isCounted: false, cancellation))
                yield return batch;
        }
        var stillOpen = await OpenAsync(cursor?.Open?.Keys.Where(id => !_seen.Contains(id)) ?? [], cancellation);
        if (await LearnAsync(stillOpen, cancellation) is { } late)
            yield return late;
        var changed = await details.CompleteAsync(stillOpen, _rows, cancellation);
        yield return progress.Batch(Phase, changed, null, _rows.TakeProblem());
        Move(start ?? now, now, memory);
        await foreach (var batch in queue.ReadAsync(isEnd: false, cancellation))
            yield return batch;
    }

    /// <summary>Single runs as they are now.</summary>
    public async IAsyncEnumerable<FactBatch> ReadAgainAsync(
        IReadOnlyCollection<long> ids, string? cursorText, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (ids.Count == 0)
            yield break;
        var memory = new AttemptMemory(CursorText.Read<Cursor>(cursorText)?.Settled, session.Clock.GetUtcNow());
        var runs = await OpenAsync(ids, cancellation);
        if (await LearnAsync(runs, cancellation) is { } learned)
            yield return learned;
        var facts = await new RunDetails(session, place, book, memory, queue).CompleteAsync(runs, _rows, cancellation);
        yield return progress.Batch(Phase, facts, null, _rows.TakeProblem(), facts.Count);
        await foreach (var batch in queue.ReadAsync(isEnd: true, cancellation))
            yield return batch;
    }

    private async IAsyncEnumerable<FactBatch> PastAsync(
        DateTimeOffset to, DateTimeOffset now, bool isFirst, DateTimeOffset historyStart, RunDetails details, AttemptMemory memory,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        DateTimeOffset? start = null;
        var until = _until;
        await foreach (var page in _windows.ReadAsync(historyStart, to, cancellation))
        {
            if (start is null)
                progress.Expect(_windows.Expected ?? 0);
            start ??= page.At;
            await foreach (var batch in TakeAsync(page, details, isCounted: true, cancellation))
                yield return batch;
            if (page.ReadBackTo is not { } back)
                continue;
            // What is unfinished back there is remembered before the past counts as read.
            Move(isFirst ? start.Value : until ?? now, now, memory);
            queue.AddMove(place.Scope, PastResource, () => CursorText.Write(new PastCursor(back > historyStart ? back : null)));
            await foreach (var batch in queue.ReadAsync(isEnd: false, cancellation))
                yield return batch;
        }
    }

    private async IAsyncEnumerable<FactBatch> TakeAsync(
        RunPage page, RunDetails details, bool isCounted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var runs = Note(page.Rows);
        if (await LearnAsync(runs, cancellation) is { } learned)
            yield return learned;
        var facts = await details.CompleteAsync(runs, _rows, cancellation);
        if (facts.Count > 0 || isCounted)
            yield return progress.Batch(Phase, facts, null, _rows.TakeProblem(), isCounted ? runs.Count : 0);
        if (page.IsCut)
            yield return progress.Batch(Phase, [], null, new ScopeProblem(
                place.Scope, ConnectorFault.Malformed, $"{place.FullName}: more than a thousand runs were created at {page.Oldest:u}, and GitHub lists no more."));
        await foreach (var batch in queue.ReadAsync(isEnd: false, cancellation))
            yield return batch;
    }

    private List<RunRow> Note(IEnumerable<JsonElement> rows)
    {
        var runs = _rows.Read<RunRow>(rows, "id").Where(run => run.Id is not null).ToList();
        foreach (var run in runs)
        {
            _seen.Add(run.RunId);
            if (run.IsCompleted)
                _open.Remove(run.RunId);
            else
                _open[run.RunId] = run.RunStartedAt ?? run.CreatedAt ?? DateTimeOffset.MinValue;
        }
        return runs;
    }

    private async Task<FactBatch?> LearnAsync(IReadOnlyList<RunRow> runs, CancellationToken cancellation) =>
        await book.LearnAsync(runs, _rows, cancellation) is { Count: > 0 } facts
            ? progress.Batch($"Workflows of {place.FullName}", facts, book.Cursor, _rows.TakeProblem())
            : null;

    private async Task<List<RunRow>> OpenAsync(IEnumerable<long> ids, CancellationToken cancellation)
    {
        var runs = new List<RunRow>();
        foreach (var id in ids)
        {
            try
            {
                var reply = await session.Rest.GetAsync<JsonElement>(
                    $"{place.Path}/actions/runs/{id}?exclude_pull_requests=true", cancellation);
                runs.AddRange(Note([reply.Rows]));
            }
            catch (ConnectorException failure) when (failure.Fault == ConnectorFault.NotFound)
            {
                _open.Remove(id);
            }
        }
        return runs;
    }

    // What has not ended after so long never will.
    private Dictionary<long, DateTimeOffset> OpenSince(DateTimeOffset now) =>
        _open.Where(run => run.Value > now - Repeatable).ToDictionary();

    private void Move(DateTimeOffset until, DateTimeOffset now, AttemptMemory memory)
    {
        _until = until;
        var open = OpenSince(now);
        queue.AddMove(place.Scope, Resource, () => CursorText.Write(new Cursor(until, open, memory.Kept)));
    }

    /// <param name="Until">When the recent runs were last read.</param>
    /// <param name="Open">Runs seen unfinished, with the start of their last attempt.</param>
    /// <param name="Settled">See <see cref="AttemptMemory"/>.</param>
    private sealed record Cursor(
        DateTimeOffset Until, IReadOnlyDictionary<long, DateTimeOffset>? Open, IReadOnlyDictionary<string, int>? Settled);

    /// <param name="BackTo">How far back the past is read; null when all of it is.</param>
    private sealed record PastCursor(DateTimeOffset? BackTo);
}
