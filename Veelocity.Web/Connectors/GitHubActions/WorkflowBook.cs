using System.Text.Json;
using System.Text.RegularExpressions;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// The workflows of one repository, listed again only when a run names one that is not in the book. Runs outlive their workflows:
/// one that GitHub no longer lists is entered from its run.
/// </summary>
internal sealed partial class WorkflowBook(GitHubSession session, RepositoryPlace place, string? cursorText)
{
    public const string Resource = "workflows";

    private const int PageSize = 100;

    private readonly Dictionary<long, Entry> _entries =
        (CursorText.Read<List<Entry>>(cursorText) ?? []).ToDictionary(entry => entry.Id);

    public CursorMove Cursor => new(place.Scope, Resource, CursorText.Write(_entries.Values.OrderBy(entry => entry.Id)));

    /// <summary>Facts of the workflows that these runs need and the book lacked.</summary>
    public async Task<List<Fact>> LearnAsync(IReadOnlyList<RunRow> runs, RowReader rows, CancellationToken cancellation)
    {
        if (runs.All(run => run.WorkflowId is not { } id || _entries.ContainsKey(id)))
            return [];
        var facts = await ListAsync(rows, cancellation);
        foreach (var run in runs)
        {
            if (run.WorkflowId is not { } id || _entries.ContainsKey(id))
                continue;
            var entry = new Entry(id, run.Name ?? "", PathOf(run.Path));
            _entries.Add(id, entry);
            facts.Add(new WorkflowFact(place.Scope, id, entry.Name, entry.Path, "deleted"));
        }
        return facts;
    }

    /// <summary>Whether the run may be somebody's deployment, by its workflow's name or file.</summary>
    public bool MayDeploy(RunRow run) =>
        run.WorkflowId is { } id && _entries.TryGetValue(id, out var entry)
        && (Deployish().IsMatch(entry.Name) || Deployish().IsMatch(Path.GetFileName(entry.Path)));

    private async Task<List<Fact>> ListAsync(RowReader rows, CancellationToken cancellation)
    {
        var facts = new List<Fact>();
        for (var page = 1; ; page++)
        {
            var reply = await session.Rest.GetAsync<WorkflowsAnswer>(
                $"{place.Path}/actions/workflows?per_page={PageSize}&page={page}", cancellation);
            var listed = reply.Rows.Workflows ?? [];
            facts.AddRange(await rows.MakeAsync(rows.Read<WorkflowRow>(listed, "path", "id"), row => $"workflow {row.Path}", Enter));
            if (listed.Count < PageSize)
                return facts;
        }
    }

    private Fact Enter(WorkflowRow row)
    {
        var entry = new Entry(Required.Of(row.Id, "id"), row.Name ?? "", PathOf(row.Path));
        _entries[entry.Id] = entry;
        return new WorkflowFact(place.Scope, entry.Id, entry.Name, entry.Path, row.State ?? "active");
    }

    // A run's path may carry the ref it was taken from: .github/workflows/ci.yml@main
    private static string PathOf(string? path) => path?.Split('@')[0] ?? "";

    [GeneratedRegex("deploy|release|publish", RegexOptions.IgnoreCase)]
    private static partial Regex Deployish();

    private sealed record Entry(long Id, string Name, string Path);

    private sealed record WorkflowsAnswer(IReadOnlyList<JsonElement>? Workflows);
}
