using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Veelocity.Web.Connectors.Linear;

/// <summary>Looks at single things again, many in one question. What does not come back is gone, or not to be seen any more.</summary>
internal sealed class LinearRefresh(LinearSession session, RefreshRequest request)
{
    private readonly FetchProgress _progress = new(session.Meter);
    private readonly RowReader _rows = new("Linear", "Linear", Http.ProviderJson.Camel);

    public async IAsyncEnumerable<FactBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var teams = new TeamList(session, _progress, _rows, request.Selected);
        // Only a choice makes it matter which teams there are.
        if (request.Selected is not null)
            await foreach (var batch in teams.ReadAsync(cancellation)) yield return batch;
        foreach (var ids in Ids<IssueTarget>(t => t.Id)) yield return await IssuesAsync(ids, teams, cancellation);
        foreach (var ids in Ids<CycleTarget>(t => t.Id))
            yield return Batch("Cycles", ids, await NodesAsync<CyclesData>(LinearDocuments.Cycles, ids, d => d.Cycles, cancellation), (CycleRow c) => c.Id,
                c => teams.Reads(c.Team?.Id), LinearFacts.Of, id => new CycleGoneFact(id));
        foreach (var ids in Ids<ProjectTarget>(t => t.Id))
            yield return Batch("Projects", ids, await NodesAsync<ProjectsData>(LinearDocuments.Projects, ids, d => d.Projects, cancellation), (ProjectRow p) => p.Id,
                p => teams.Ids is null || p.Teams?.All.Any(t => teams.Reads(t.Id)) == true, LinearFacts.Of, id => new ProjectGoneFact(id));
        foreach (var ids in Ids<AccountTarget>(t => t.Id))
            yield return Batch("People", ids, await NodesAsync<UsersData>(LinearDocuments.Users, ids, d => d.Users, cancellation), (UserRow u) => u.Id, _ => true, LinearFacts.Of, _ => null);
    }

    private async Task<FactBatch> IssuesAsync(string[] ids, TeamList teams, CancellationToken cancellation)
    {
        var issues = new IssueReader(session);
        var facts = new List<Fact>();
        string? after = null;
        do
        {
            var page = await issues.PageAsync(after, new { id = new { @in = ids } }, cancellation);
            facts.AddRange(await issues.MakeAsync(page?.Nodes ?? [], _rows, cancellation));
            after = page?.Next;
        }
        while (after is not null);
        var problem = _rows.TakeProblem();
        var shown = facts.OfType<IssueFact>().Where(i => teams.Reads(i.TeamExternalId)).ToList();
        var gone = problem is null ? ids.Except(shown.Select(i => i.ExternalId), StringComparer.Ordinal).Select(id => (Fact)new IssueGoneFact(id)) : [];
        return _progress.Batch("Issues", [.. shown, .. gone], null, problem, shown.Count);
    }

    private async Task<IReadOnlyList<JsonElement>> NodesAsync<T>(GraphQlDocument document, string[] ids, Func<T, RowPage?> of, CancellationToken cancellation)
        where T : GraphQlData =>
        of(await session.AskAsync<T>(document, new { first = ids.Length, filter = new { id = new { @in = ids } } }, cancellation))?.Nodes ?? [];

    private FactBatch Batch<TRow>(
        string phase, string[] ids, IReadOnlyList<JsonElement> nodes, Func<TRow, string?> idOf, Func<TRow, bool> isRead, Func<TRow, Fact> make, Func<string, Fact?> goneOf)
        where TRow : class
    {
        var shown = _rows.Read<TRow>(nodes, "id").Where(row => idOf(row) is not null && isRead(row)).ToList();
        var facts = new List<Fact>();
        foreach (var row in shown)
        {
            try
            {
                facts.Add(make(row));
            }
            catch (MissingFieldException)
            {
                // A full sync names it; here it would only be said once more.
            }
        }
        var problem = _rows.TakeProblem();
        var gone = problem is null ? ids.Except(shown.Select(idOf).OfType<string>(), StringComparer.Ordinal).Select(goneOf).OfType<Fact>() : [];
        return _progress.Batch(phase, [.. facts, .. gone], null, problem, facts.Count);
    }

    private IEnumerable<string[]> Ids<TTarget>(Func<TTarget, string> idOf)
        where TTarget : RefreshTarget => request.Targets.OfType<TTarget>().Select(idOf).Distinct(StringComparer.Ordinal).Chunk(IssueReader.MostAtOnce);
}
