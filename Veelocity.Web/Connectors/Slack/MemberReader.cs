using System.Globalization;
using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>Reads who is in the workspace, once a day: names for timelines, addresses to know people by.</summary>
internal sealed class MemberReader(SlackSession session, FetchProgress progress)
{
    private const string Resource = "members";
    private const string Phase = "People";
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    public async IAsyncEnumerable<FactBatch> ReadAsync(FetchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = session.Clock.GetUtcNow();
        if (DateTimeOffset.TryParse(request.CursorOf("", Resource), CultureInfo.InvariantCulture, out var readAt) && now - readAt < Fresh) yield break;
        var rows = new RowReader("Slack", "people", ProviderJson.Snake);
        string? cursor = null;
        do
        {
            var page = await session.AskAsync<MembersAnswer>("users.list", cancellation, ("limit", ChannelReader.PageSize), ("cursor", cursor));
            cursor = page.NextCursor;
            var facts = await rows.MakeAsync(rows.Read<MemberRow>(page.Members ?? [], "id"), m => m.Id ?? "somebody", m => SlackNames.FactOf(m));
            var move = cursor is null ? new CursorMove("", Resource, now.ToString("O", CultureInfo.InvariantCulture)) : null;
            yield return progress.Batch(Phase, facts, move, rows.TakeProblem(), facts.Count);
        }
        while (cursor is not null);
    }
}
