using System.Runtime.CompilerServices;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>The teams that the key sees, and of them those to read. A private team is among them only when the key's owner is in it.</summary>
internal sealed class TeamList(LinearSession session, FetchProgress progress, RowReader rows, IReadOnlySet<string>? selected)
{
    private const string Phase = "Teams";
    private const int PerPage = 50;

    private readonly HashSet<string> _chosen = new(StringComparer.Ordinal);

    /// <summary>Ids of the teams to read; null for all, which needs no filter.</summary>
    public IReadOnlyCollection<string>? Ids => selected is null ? null : _chosen;

    /// <summary>Changes when the choice does.</summary>
    public string? Sign => selected is null ? null : Mark.Of(_chosen.Order(StringComparer.Ordinal));

    /// <summary>As filters have it; null for all.</summary>
    public object? Filter => selected is null ? null : new { id = new { @in = _chosen } };

    public bool Reads(string? teamId) => selected is null || (teamId is not null && _chosen.Contains(teamId));

    public static PageSize PageSizeOf(LinearSession session) => new(PerPage, PerPage, session.Clock);

    public async IAsyncEnumerable<FactBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var size = PageSizeOf(session);
        string? after = null;
        do
        {
            var page = (await session.AskAsync<TeamsData>(LinearDocuments.Teams, size, first => new { after, first }, cancellation)).Teams;
            var teams = rows.Read<TeamRow>(page?.Nodes ?? [], "key", "id");
            foreach (var team in teams.Where(t => selected is not null && t.Id is not null && (selected.Contains(t.Id) || (t.Key is not null && selected.Contains(t.Key)))))
                _chosen.Add(team.Id!);
            var facts = await rows.MakeAsync(teams, t => t.Key ?? "a team", async t => LinearFacts.Of(await WholeAsync(t, cancellation)));
            yield return progress.Batch(Phase, facts, null, rows.TakeProblem(), facts.Count);
            after = page?.Next;
        }
        while (after is not null);
        if (selected is not null && _chosen.Count == 0)
            throw new ConnectorException(
                ConnectorFault.NotFound, "None of the chosen teams is there, or the key's owner is not in them any more. Choose teams again under Settings, Connectors, Linear.");
    }

    private async Task<TeamRow> WholeAsync(TeamRow team, CancellationToken cancellation)
    {
        var members = (team.Members?.All ?? []).ToList();
        for (var after = team.Members?.Next; after is not null;)
        {
            var more = (await session.AskAsync<TeamMembersData>(LinearDocuments.TeamMembers, new { id = team.Id, after }, cancellation)).Team?.Members;
            members.AddRange(more?.All ?? []);
            after = more?.Next;
        }
        return team with { Members = new InnerPage<Reference>(null, members) };
    }
}
