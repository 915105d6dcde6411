using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Linking.Incidents.Chat;
using Veelocity.Web.Sync.Rows;

namespace Veelocity.Web.Sync;

/// <summary>Shows what rules would find in the last messages before they are kept: in stored ones, and before the first sync in a few read for it alone.</summary>
public sealed class ChatPreview(VeelocityDb db, ConnectorCatalog catalog, ConnectionSecrets secrets, TimeProvider time)
{
    private const int MostMessages = 1000;
    private const int MostRequests = 25;
    private static readonly TimeSpan Look = TimeSpan.FromDays(30);

    /// <param name="Messages">How many were looked at.</param>
    /// <param name="Problem">Why nothing could be read; null when it could.</param>
    public sealed record View(IReadOnlyList<Found> Incidents, int Total, IReadOnlyList<KeyValuePair<string, int>> Ignored, IReadOnlyList<string> Channels, int Messages, string? Problem);

    public sealed record Found(string Title, DateTimeOffset StartedAt, DateTimeOffset? ResolvedAt, IncidentSeverity? Severity, string Channel, string Rule, string? Url);

    public async Task<View> AskAsync(Connection connection, IncidentRuleSet set, CancellationToken cancellation)
    {
        var since = time.GetUtcNow() - Look;
        var isStored = await db.ChatMessages.AnyAsync(m => m.OrganizationId == connection.OrganizationId, cancellation);
        if (!isStored) return await ReadLiveAsync(connection, set, since, cancellation);
        var rules = new CompiledRules(set);
        var channels = await db.ChatChannels.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellation);
        var finding = await ChatIncidents.PreviewAsync(db, set, since, cancellation);
        var messages = await db.ChatMessages.CountAsync(m => m.At >= since, cancellation);
        return Of(finding, [.. channels.Where(c => rules.Reads(c.Name)).Select(c => c.Name)], messages, null);
    }

    private async Task<View> ReadLiveAsync(Connection connection, IncidentRuleSet set, DateTimeOffset since, CancellationToken cancellation)
    {
        var rows = new FactRows(new RowOwner(connection.OrganizationId, connection.Id, connection.Kind));
        string? problem = null;
        try
        {
            var request = new FetchRequest(
                secrets.Open(connection), [], null, new Dictionary<(string, string), string>(), IsFull: false, since,
                new StoredCommits((_, _) => Task.FromResult<IReadOnlyList<string>>([]), (_, _, _) => Task.FromResult<IReadOnlySet<string>>(new HashSet<string>(StringComparer.Ordinal))))
            {
                ChannelPatterns = set.ChannelPatterns,
            };
            var requests = 0;
            await foreach (var batch in catalog.Find(connection.Kind)!.FetchAsync(request, cancellation))
            {
                foreach (var fact in batch.Facts.Where(fact => fact is not Absence)) rows.Add(fact);
                if ((requests += batch.Requests) >= MostRequests || rows.Chat.Messages.Count >= MostMessages) break;
            }
        }
        catch (ConnectorException refused)
        {
            problem = refused.Message;
        }
        var names = rows.Owner.Accounts.Values.ToDictionary(a => a.ExternalId, a => a.Name ?? a.Login, StringComparer.Ordinal);
        var stories = rows.Chat.Channels.Values.Select(channel => new ChatStory(
            channel, [.. rows.Chat.Messages.Values.Where(m => m.ChannelId == channel.Id)], [], names, KnownNames.None))
                .ToList();
        var rules = new CompiledRules(set);
        var read = stories.Where(s => rules.Reads(s.Channel.Name)).Select(s => s.Channel.Name).Order(StringComparer.Ordinal).ToList();
        return Of(ChatIncidents.Preview(set, stories), read, rows.Chat.Messages.Count, problem);
    }

    private static View Of(Finding finding, IReadOnlyList<string> channels, int messages, string? problem) => new(
        [.. finding.Incidents.Take(20).Select(i => new Found(
            i.Report.Title, i.Report.StartedAt, i.Report.ResolvedAt, i.Report.Severity, i.Channel, i.Rule, i.Report.Url))],
        finding.Incidents.Count, [.. finding.Ignored.OrderByDescending(i => i.Value).Take(5)], channels, messages, problem);
}
