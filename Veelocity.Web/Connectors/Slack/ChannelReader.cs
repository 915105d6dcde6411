using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>
/// Reads a channel's messages since the last time, and those of the two weeks before once more: answers to old messages, edits and deletions show
/// nowhere else. Each page and each thread moves the cursor, so that even with one request a minute and 15 messages in it reading comes to an end.
/// </summary>
internal sealed class ChannelReader(SlackSession session, FetchProgress progress)
{
    public const string PageSize = "200";
    private static readonly TimeSpan Trailing = TimeSpan.FromDays(14);

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        string channelId, string name, FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var phase = $"Messages of #{name}";
        var cursor = CursorText.Read<ChannelCursor>(request.CursorOf(channelId, ChannelCursor.Resource)) ?? new ChannelCursor();
        if (cursor.From is null && cursor.ReadFor is not null && cursor.ReadFor == request.RequestedAt) yield break;
        cursor = cursor.From is null ? cursor with { From = Start(cursor.Newest, request.HistoryStart), Until = null, Top = null, Next = null } : cursor;
        var threads = new ThreadReader(session, progress);
        var rows = new RowReader("Slack", $"#{name}", ProviderJson.Snake);
        while (true)
        {
            foreach (var (ts, mark) in cursor.Waiting)
            {
                await foreach (var (facts, readUpTo) in threads.ReadAsync(channelId, ts, cursor.Thread == ts ? cursor.ThreadUpTo : null, rows, cancellation))
                {
                    cursor = readUpTo is null ? cursor.With(ts, mark) : cursor with { Thread = ts, ThreadUpTo = readUpTo };
                    yield return progress.Batch(phase, facts, Move(channelId, cursor), items: facts.Count);
                }
            }
            if (cursor.IsLast) break;

            var (page, next) = await PageAsync(channelId, cursor, cancellation);
            var messages = rows.Read<MessageRow>(page.Messages ?? [], "ts").Where(m => m.Ts is not null).OrderByDescending(m => m.Ts, StringComparer.Ordinal).ToList();
            var isLast = !page.HasMore && next is null;
            var only = new OnlyMessagesFact(
                channelId, null, isLast ? cursor.From! : messages.LastOrDefault()?.Ts ?? cursor.Until ?? SlackTs.Last, cursor.Until ?? SlackTs.Last,
                [.. messages.Select(m => m.Ts!)]);
            var read = await rows.MakeAsync(messages, m => m.Ts!, m => SlackNames.FactOf(channelId, m));
            cursor = cursor with
            {
                Top = cursor.Top ?? messages.FirstOrDefault()?.Ts,
                Until = messages.LastOrDefault()?.Ts ?? cursor.Until,
                Next = next,
                IsLast = isLast,
                Waiting = messages.Where(m => m.HasReplies && cursor.Threads.GetValueOrDefault(m.Ts!) != m.ThreadMark).ToDictionary(m => m.Ts!, m => m.ThreadMark, StringComparer.Ordinal),
            };
            yield return progress.Batch(phase, [.. read, only], Move(channelId, cursor), rows.TakeProblem(), read.Count);
        }
        yield return progress.Batch(phase, [], Move(channelId, Close(cursor) with { ReadFor = request.RequestedAt }), rows.TakeProblem());
    }

    private async Task<(MessagesAnswer Page, string? Next)> PageAsync(string channelId, ChannelCursor cursor, CancellationToken cancellation)
    {
        try
        {
            // Slack's mark stands for the window it was given with; without one the window ends where reading stopped.
            var page = await session.AskAsync<MessagesAnswer>(
                "conversations.history", cancellation, ("channel", channelId), ("oldest", cursor.From), ("latest", cursor.Next is null ? cursor.Until : null),
                ("cursor", cursor.Next), ("limit", PageSize));
            return (page, page.NextCursor);
        }
        catch (ConnectorException refused) when (cursor.Next is not null && refused.Message.Contains("invalid_cursor", StringComparison.Ordinal))
        {
            return await PageAsync(channelId, cursor with { Next = null }, cancellation);
        }
    }

    private static string Start(string? newest, DateTimeOffset historyStart)
    {
        var start = SlackTs.Of(historyStart);
        if (newest is null) return start;
        var trailing = SlackTs.Of(SlackTs.ToTime(newest) - Trailing);
        return string.CompareOrdinal(trailing, start) > 0 ? trailing : start;
    }

    private static ChannelCursor Close(ChannelCursor cursor)
    {
        var newest = cursor.Top ?? cursor.Newest;
        var kept = newest is null ? "" : SlackTs.Of(SlackTs.ToTime(newest) - Trailing);
        return new ChannelCursor
        {
            Newest = newest,
            Threads = cursor.Threads.Where(t => string.CompareOrdinal(t.Key, kept) >= 0).ToDictionary(StringComparer.Ordinal),
        };
    }

    private static CursorMove Move(string channelId, ChannelCursor cursor) => new(channelId, ChannelCursor.Resource, CursorText.Write(cursor));
}
