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

    /// <summary>A run lasts a day at most, and then some for clocks.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(26);

    /// <summary>Runs can be repeated for thirty days.</summary>
    private static readonly TimeSpan Repeatable = TimeSpan.FromDays(32);

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly RowReader _rows = RowReader.OfRest(place.Scope);
    private readonly RunWindows _windows = new(session, place);
    private readonly Dictionary<long, DateTimeOffset> _open = [];
    private readonly HashSet<long> _seen = [];

    private string Phase => $"Workflow runs of {place.FullName}";

    public static bool IsComplete(string? cursorText) => CursorText.Read<Cursor>(cursorText) is { BackTo: null };

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        string? cursorText, bool isFull, DateTimeOffset historyStart, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var cursor = CursorText.Read<Cursor>(cursorText);
        var now = session.Clock.GetUtcNow();
        var memory = new AttemptMemory(isFull ? null : cursor?.Settled, now);
        var details = new RunDetails(session, place, book, memory);
        if (cursor is not null)
        {
            var floor = isFull ? now - Repeatable : cursor.Until - Recent;
            await foreach (var batch in RecentAsync(cursor, floor, now + ClockSkew, details, memory, cancellation))
                yield return batch;
            if (cursor.BackTo is null)
                yield break;
        }
        await foreach (var batch in PastAsync(cursor, historyStart, now, details, memory, cancellation))
            yield return batch;
    }

    private async IAsyncEnumerable<FactBatch> RecentAsync(
        Cursor cursor, DateTimeOffset floor, DateTimeOffset to, RunDetails details, AttemptMemory memory,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        DateTimeOffset? start = null;
        await foreach (var page in _windows.ReadAsync(floor, to, cancellation))
        {
            start ??= page.At;
            var runs = Note(page.Rows);
            if (await LearnAsync(runs, cancellation) is { } learned)
                yield return learned;
            var facts = await details.CompleteAsync(runs, _rows, cancellation);
            if (facts.Count > 0)
                yield return progress.Batch(Phase, facts, null, _rows.TakeProblem());
        }
        var stillOpen = await OpenAsync(cursor.Open?.Keys.Where(id => !_seen.Contains(id)) ?? [], cancellation);
        if (await LearnAsync(stillOpen, cancellation) is { } late)
            yield return late;
        var changed = await details.CompleteAsync(stillOpen, _rows, cancellation);
        var next = new Cursor(start ?? to, cursor.BackTo, OpenSince(to), memory.Kept);
        yield return progress.Batch(Phase, changed, Move(next), _rows.TakeProblem());
    }

    private async IAsyncEnumerable<FactBatch> PastAsync(
        Cursor? cursor, DateTimeOffset historyStart, DateTimeOffset now, RunDetails details, AttemptMemory memory,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        DateTimeOffset? until = null;
        var isCounted = false;
        await foreach (var page in _windows.ReadAsync(historyStart, cursor?.BackTo ?? now + ClockSkew, cancellation))
        {
            if (!isCounted)
                progress.Expect(_windows.Expected ?? 0);
            isCounted = true;
            until ??= cursor is null ? page.At : now;
            var runs = Note(page.Rows);
            if (await LearnAsync(runs, cancellation) is { } learned)
                yield return learned;
            var facts = await details.CompleteAsync(runs, _rows, cancellation);
            var move = page.ReadBackTo is { } back
                ? Move(new Cursor(until.Value, back > historyStart ? back : null, OpenSince(now), memory.Kept))
                : null;
            yield return progress.Batch(Phase, facts, move, _rows.TakeProblem(), runs.Count);
        }
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

    private CursorMove Move(Cursor cursor) => new(place.Scope, Resource, CursorText.Write(cursor));

    /// <param name="Until">When the recent runs were last read.</param>
    /// <param name="BackTo">How far back the past is read; null when all of it is.</param>
    /// <param name="Open">Runs seen unfinished, with their creation.</param>
    /// <param name="Settled">See <see cref="AttemptMemory"/>.</param>
    private sealed record Cursor(
        DateTimeOffset Until,
        DateTimeOffset? BackTo,
        IReadOnlyDictionary<long, DateTimeOffset>? Open,
        IReadOnlyDictionary<string, int>? Settled);
}
