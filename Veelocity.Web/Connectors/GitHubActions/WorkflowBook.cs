using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// The workflows of one repository that have runs, asked for only when a run names one that is not in the book. Runs outlive their
/// workflows: one that GitHub no longer has is entered from its run.
/// </summary>
/// <param name="files">What the repository's workflow files contain, by path.</param>
internal sealed class WorkflowBook(
    GitHubSession session, RepositoryPlace place, string? cursorText, IReadOnlyDictionary<string, IReadOnlyList<WorkflowFileJob>> files, WantsJobs wantsJobs)
{
    public const string Resource = "workflows";

    private const int PageSize = 100;

    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(WorkflowBook), "WorkflowsOfRuns");

    private readonly Dictionary<long, Entry> _entries =
        (CursorText.Read<List<Entry>>(cursorText) ?? []).ToDictionary(entry => entry.Id);

    private readonly HashSet<long> _learned = [];

    public CursorMove Cursor => new(place.Scope, Resource, CursorText.Write(_entries.Values.OrderBy(entry => entry.Id)));

    /// <summary>Facts of the workflows that these runs need and the book lacked.</summary>
    public async Task<List<Fact>> LearnAsync(IReadOnlyList<RunRow> runs, RowReader rows, CancellationToken cancellation)
    {
        var unknown = runs.Where(run => run.WorkflowId is { } id && !_entries.ContainsKey(id)).DistinctBy(run => run.WorkflowId).ToList();
        if (unknown.Count == 0)
            return [];
        var named = await NamedByRunsAsync(unknown, rows, cancellation) ?? await ListAsync(rows, cancellation);
        var facts = new List<Fact>();
        foreach (var run in unknown)
        {
            var id = run.WorkflowId!.Value;
            var (name, state) = named.TryGetValue(id, out var known) ? known : (run.Name ?? "", "deleted");
            var entry = new Entry(id, name, PathOf(run.Path));
            _entries.Add(id, entry);
            _learned.Add(id);
            facts.Add(new WorkflowFact(place.Scope, id, entry.Name, entry.Path, state));
        }
        return facts;
    }

    /// <summary>Workflows that came into the book since it was opened.</summary>
    public IReadOnlyCollection<long> Learned => _learned;

    /// <summary>Whether the jobs of this run are wanted whatever came of it.</summary>
    public bool WantsJobs(RunRow run) => run.WorkflowId is { } id && _entries.TryGetValue(id, out var entry) && IsWanted(entry);

    /// <summary>The workflows the jobs of whose runs are wanted.</summary>
    public IReadOnlyList<long> Wanted => [.. _entries.Values.Where(IsWanted).Select(entry => entry.Id).Order()];

    /// <summary>Null when GraphQL refuses to tell.</summary>
    private async Task<Dictionary<long, (string Name, string State)>?> NamedByRunsAsync(
        List<RunRow> runs, RowReader rows, CancellationToken cancellation)
    {
        if (runs.Exists(run => run.NodeId is null))
            return null;
        try
        {
            var named = new Dictionary<long, (string, string)>();
            foreach (var ids in runs.Select(run => run.NodeId!).Chunk(PageSize))
            {
                var reply = await session.Graph.AskAsync<NamedData>(Document, new { ids }, cancellation);
                // GraphQL numbers workflows in another way than REST, so the run says which one it is.
                var workflows = rows.Read<NamedNode>(reply.Data.Nodes ?? []).ToLookup(run => run.Id, run => run.Workflow, StringComparer.Ordinal);
                foreach (var run in runs)
                {
                    if (workflows[run.NodeId].FirstOrDefault() is { } workflow)
                        named[run.WorkflowId!.Value] = (workflow.Name ?? run.Name ?? "", workflow.State?.ToLowerInvariant() ?? "active");
                }
            }
            return named;
        }
        catch (ConnectorException refused) when (refused.IsTooHeavy || refused.Fault is ConnectorFault.NotFound or ConnectorFault.MissingPermission
            or ConnectorFault.SsoRequired or ConnectorFault.Malformed)
        {
            return null;
        }
    }

    private async Task<Dictionary<long, (string Name, string State)>> ListAsync(RowReader rows, CancellationToken cancellation)
    {
        var named = new Dictionary<long, (string, string)>();
        for (var page = 1; ; page++)
        {
            var reply = await session.Rest.GetAsync<WorkflowsAnswer>(
                $"{place.Path}/actions/workflows?per_page={PageSize}&page={page}", cancellation);
            var listed = reply.Rows.Workflows ?? [];
            foreach (var workflow in rows.Read<WorkflowRow>(listed, "path", "id").Where(workflow => workflow.Id is not null))
                named[workflow.Id!.Value] = (workflow.Name ?? "", workflow.State ?? "active");
            if (listed.Count < PageSize)
                return named;
        }
    }

    // A run's path may carry the ref it was taken from: .github/workflows/ci.yml@main
    private static string PathOf(string? path) => path?.Split('@')[0] ?? "";

    private bool IsWanted(Entry entry) => wantsJobs(place.Scope, new(entry.Id, entry.Name, entry.Path, files.GetValueOrDefault(entry.Path) ?? []));

    private sealed record Entry(long Id, string Name, string Path);

    private sealed record NamedData(IReadOnlyList<JsonElement>? Nodes) : GitHubData;

    private sealed record NamedNode(string? Id, WorkflowNode? Workflow);

    private sealed record WorkflowNode(string? Name, string? State);

    private sealed record WorkflowsAnswer(IReadOnlyList<JsonElement>? Workflows);
}
