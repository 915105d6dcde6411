using System.Runtime.CompilerServices;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>Reads a message with all that was answered to it; one that is gone says so.</summary>
internal sealed class ThreadReader(SlackSession session, FetchProgress progress)
{
    /// <param name="after">The answer up to which it is read already.</param>
    /// <returns>Facts, and the answer up to which they go; null with the last.</returns>
    public async IAsyncEnumerable<(IReadOnlyList<Fact> Facts, string? ReadUpTo)> ReadAsync(
        string channelId, string ts, string? after, RowReader rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (cursor, seen, readUpTo) = ((string?)null, new HashSet<string>(StringComparer.Ordinal), after);
        for (var isMore = true; isMore;)
        {
            if (await PageAsync(channelId, ts, after, cursor, cancellation) is not { } page)
            {
                yield return ([new OnlyMessagesFact(channelId, null, ts, ts + "1", [])], null);
                yield break;
            }
            var messages = rows.Read<MessageRow>(page.Messages ?? [], "ts").Where(m => m.Ts is not null).ToList();
            seen.UnionWith(messages.Select(m => m.Ts!));
            List<Fact> facts = await rows.MakeAsync(messages, m => m.Ts!, m => SlackNames.FactOf(channelId, m));
            (cursor, readUpTo) = (page.NextCursor, messages.Select(m => m.Ts).Append(readUpTo).Max(StringComparer.Ordinal));
            isMore = cursor is not null;
            if (!isMore) facts.Add(new OnlyMessagesFact(channelId, ts, after is null ? ts : after + "1", SlackTs.Last, [.. seen]));
            yield return (facts, isMore ? readUpTo : null);
        }
    }

    /// <summary>As of now, for a message that was told of.</summary>
    public async IAsyncEnumerable<FactBatch> ReadAgainAsync(
        string channelId, string name, string ts, RowReader rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (facts, _) in ReadAsync(channelId, ts, null, rows, cancellation))
            yield return progress.Batch($"Messages of #{name}", facts, null, rows.TakeProblem());
    }

    // Null when the message is gone.
    private async Task<MessagesAnswer?> PageAsync(string channelId, string ts, string? after, string? cursor, CancellationToken cancellation)
    {
        try
        {
            return await session.AskAsync<MessagesAnswer>(
                "conversations.replies", cancellation, ("channel", channelId), ("ts", ts), ("oldest", after), ("cursor", cursor), ("limit", ChannelReader.PageSize));
        }
        catch (ConnectorException refused) when (refused.Message == SlackRefusals.MessageGone)
        {
            return null;
        }
    }
}
