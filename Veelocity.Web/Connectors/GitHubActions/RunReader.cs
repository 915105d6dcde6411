using System.Runtime.CompilerServices;
using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// Reads runs: the recent ones again and again, because they change and nothing lists changes; those seen unfinished, by their id;
/// and the past once, from the newest backwards.
/// </summary>
internal sealed class RunReader(GitHubSession session, FetchProgress progress, RepositoryPlace place, WorkflowBook book)
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

    private string Phase => $"Workflow runs of {place.FullName}";

    public static bool IsComplete(string? pastCursor) => CursorText.Read<PastCursor>(pastCursor) is { BackTo: null };

    public async IAsyncEnumerable<FactBatch> ReadAsync(FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = session.Clock.GetUtcNow();
        var cursor = CursorText.Read<Cursor>(request.CursorOf(place.Scope, Resource));
        var memory = new AttemptMemory(cursor?.Settled, now);
        var details = new RunDetails(session, place, book, memory);
        var floor = request.IsFull && cursor is null ? now - Repeatable : (cursor?.Until ?? now) - Recent;
        DateTimeOffset? start = null;
        await foreach (var page in _windows.ReadAsync(floor, now + ClockSkew, cancellation))
        {
            start ??= page.At;
            await foreach (var batch in TakeAsync(page, details, null, isCounted: false, cancellation))
                yield return batch;
        }
        var stillOpen = await OpenAsync(cursor?.Open?.Keys.Where(id => !_seen.Contains(id)) ?? [], cancellation);
        if (await LearnAsync(stillOpen, cancellation) is { } late)
            yield return late;
        var changed = await details.CompleteAsync(stillOpen, _rows, cancellation);
        yield return progress.Batch(Phase, changed, Move(start ?? now, now, memory), _rows.TakeProblem());

        // The past is read once, by the runs that are not full: a full one only looks for what can still change.
        var past = CursorText.Read<PastCursor>(request.CursorOf(place.Scope, PastResource));
        if (request.IsFull || past is { BackTo: null })
            yield break;
        await foreach (var batch in PastAsync(past?.BackTo ?? floor, request.HistoryStart, details, cancellation))
            yield return batch;
        yield return progress.Batch(Phase, [], Move(start ?? now, now, memory));
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
        var facts = await new RunDetails(session, place, book, memory).CompleteAsync(runs, _rows, cancellation);
        yield return progress.Batch(Phase, facts, null, _rows.TakeProblem(), facts.Count);
    }

    private async IAsyncEnumerable<FactBatch> PastAsync(
        DateTimeOffset to, DateTimeOffset historyStart, RunDetails details, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var isExpected = false;
        await foreach (var page in _windows.ReadAsync(historyStart, to, cancellation))
        {
            if (!isExpected)
                progress.Expect(_windows.Expected ?? 0);
            isExpected = true;
            var move = page.ReadBackTo is { } back
                ? new CursorMove(place.Scope, PastResource, CursorText.Write(new PastCursor(back > historyStart ? back : null)))
                : null;
            await foreach (var batch in TakeAsync(page, details, move, isCounted: true, cancellation))
                yield return batch;
        }
    }

    private async IAsyncEnumerable<FactBatch> TakeAsync(
        RunPage page, RunDetails details, CursorMove? move, bool isCounted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var runs = Note(page.Rows);
        if (await LearnAsync(runs, cancellation) is { } learned)
            yield return learned;
        var facts = await details.CompleteAsync(runs, _rows, cancellation);
        if (facts.Count > 0 || move is not null)
            yield return progress.Batch(Phase, facts, move, _rows.TakeProblem(), isCounted ? runs.Count : 0);
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
                _open[run.RunId] = run.CreatedAt ?? DateTimeOffset.MinValue;
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

    private CursorMove Move(DateTimeOffset until, DateTimeOffset now, AttemptMemory memory) =>
        new(place.Scope, Resource, CursorText.Write(new Cursor(until, OpenSince(now), memory.Kept)));

    /// <param name="Until">When the recent runs were last read.</param>
    /// <param name="Open">Runs seen unfinished, with their creation.</param>
    /// <param name="Settled">See <see cref="AttemptMemory"/>.</param>
    private sealed record Cursor(
        DateTimeOffset Until, IReadOnlyDictionary<long, DateTimeOffset>? Open, IReadOnlyDictionary<string, int>? Settled);

    /// <param name="BackTo">How far back the past is read; null when all of it is.</param>
    private sealed record PastCursor(DateTimeOffset? BackTo);
}
