using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors.Http;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Connectors.Slack;

/// <summary>The channels that the app sees, and of them those to read.</summary>
internal sealed class ChannelList(SlackSession session, FetchProgress progress, string? workspace, IReadOnlyList<string> patterns)
{
    private const string Phase = "Channels";
    private readonly PathGlobs _globs = PathGlobs.Of(patterns);

    /// <summary>Those that match the patterns and can be read.</summary>
    public List<ChannelRow> ToRead { get; } = [];

    public async IAsyncEnumerable<FactBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var (types, cursor) = ("public_channel,private_channel", (string?)null);
        ScopeProblem? problem = null;
        var rows = new RowReader("Slack", "channels", ProviderJson.Snake);
        do
        {
            ChannelsAnswer page;
            try
            {
                page = await session.AskAsync<ChannelsAnswer>(
                    "conversations.list", cancellation, ("types", types), ("limit", "200"), ("cursor", cursor), ("exclude_archived", "false"));
            }
            catch (ConnectorException refused) when (refused.Fault == ConnectorFault.MissingPermission && types.Contains("private", StringComparison.Ordinal))
            {
                types = "public_channel";
                problem = new ScopeProblem("private channels", refused.Fault, $"Private channels are not read. {refused.Message}");
                continue;
            }
            var channels = rows.Read<ChannelRow>(page.Channels ?? [], "name", "id").Where(c => c is { Id: not null, Name: not null }).ToList();
            ToRead.AddRange(channels.Where(IsToRead));
            cursor = page.NextCursor;
            var facts = channels.ConvertAll(c => (Fact)SlackNames.FactOf(c, workspace, null));
            yield return progress.Batch(Phase, facts, null, problem ?? rows.TakeProblem());
            problem = null;
            if (cursor is null) break;
        }
        while (true);
        // Those it may not read are named, with what to do.
        foreach (var absent in Absent) yield return progress.Batch(Phase, [], null, new ScopeProblem($"#{absent}", ConnectorFault.MissingPermission, SlackRefusals.Invite));
    }

    private List<string> Absent { get; } = [];

    private bool IsToRead(ChannelRow row)
    {
        if (patterns.Count == 0 || !_globs.Matches(row.Name!)) return false;
        if (row.IsMember || row.IsArchived) return true;
        Absent.Add(row.Name!);
        return false;
    }
}
