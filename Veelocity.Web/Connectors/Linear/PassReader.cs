using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>What a pass asks and what it makes of the answers.</summary>
/// <param name="Resource">The name of its cursor.</param>
/// <param name="Oldest">Nothing older is wanted; null for all there is.</param>
/// <param name="AskAsync">Asks for a page of what changed at a time or after it.</param>
internal sealed record Pass(
    string Resource, string Phase, DateTimeOffset? Oldest, string? Teams, Func<string?, DateTimeOffset?, CancellationToken, Task<RowPage?>> AskAsync,
    Func<IReadOnlyList<JsonElement>, RowReader, CancellationToken, Task<List<Fact>>> MakeAsync);

/// <summary>Reads a list from its newest change back to the last time, page by page; each page moves the cursor, so a pass goes on where it was left.</summary>
internal sealed class PassReader(LinearSession session, FetchProgress progress, FetchRequest request, RowReader rows)
{
    // Linear's clocks need not agree with each other to the second.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    public async IAsyncEnumerable<FactBatch> ReadAsync(Pass pass, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var cursor = CursorText.Read<PassCursor>(request.CursorOf("", pass.Resource)) ?? new PassCursor();
        // Another choice of teams: of the new ones nothing is known.
        if (cursor.Teams != pass.Teams) cursor = new PassCursor { Teams = pass.Teams };
        if (cursor.BegunAt is null && cursor.ReadFor is not null && cursor.ReadFor == request.RequestedAt) yield break;
        if (cursor.BegunAt is null)
            cursor = cursor with { Since = Later(cursor.Watermark - Overlap, pass.Oldest), After = null };
        var start = session.Clock.GetTimestamp();
        while (true)
        {
            var page = await PageAsync(pass, cursor, cancellation);
            cursor = cursor with { BegunAt = cursor.BegunAt ?? session.AnsweredAt - session.Clock.GetElapsedTime(start) };
            var facts = await pass.MakeAsync(page?.Nodes ?? [], rows, cancellation);
            var isLast = page?.Next is null;
            cursor = isLast
                ? new PassCursor { Watermark = cursor.BegunAt, ReadFor = request.RequestedAt, Teams = pass.Teams }
                : cursor with { After = page!.Next };
            yield return progress.Batch(pass.Phase, facts, new CursorMove("", pass.Resource, CursorText.Write(cursor)), rows.TakeProblem(), facts.Count);
            if (isLast) break;
        }
    }

    // A mark that Linear no longer knows costs the pages read so far, nothing else.
    private static async Task<RowPage?> PageAsync(Pass pass, PassCursor cursor, CancellationToken cancellation)
    {
        try
        {
            return await pass.AskAsync(cursor.After, cursor.Since, cancellation);
        }
        catch (ConnectorException refused) when (refused.Fault is ConnectorFault.Malformed or ConnectorFault.NotFound && cursor.After is not null)
        {
            return await pass.AskAsync(null, cursor.Since, cancellation);
        }
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other : other is null || one > other ? one : other;
}
