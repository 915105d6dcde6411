using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// What the workflow files of repositories contain. They are read for many repositories at once, and again only when git has another name
/// for their folder on the default branch.
/// </summary>
internal sealed class WorkflowFiles(GitHubSession session, FetchProgress progress)
{
    public const string Resource = "workflow-files";

    private const string Folder = ".github/workflows/";

    private static readonly GraphQlDocument Document = GraphQlDocument.Beside(typeof(WorkflowFiles), "WorkflowFiles");

    private readonly Http.PageSize _size = new(10, 20, session.Clock);
    private readonly Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<WorkflowFileJob>>> _read = new(StringComparer.Ordinal);

    /// <summary>By path, what was read just now or by an earlier fetch.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<WorkflowFileJob>> Of(string scope, string? cursorText) =>
        _read.GetValueOrDefault(scope) ?? CursorText.Read<Cursor>(cursorText)?.Jobs ?? new Dictionary<string, IReadOnlyList<WorkflowFileJob>>();

    /// <summary>Reads those of the repositories whose folder is another than when it was read last.</summary>
    public async Task<List<FactBatch>> ReadAsync(
        IReadOnlyList<KnownRepository> repositories, IReadOnlyDictionary<string, DeploymentPulse> pulses, FetchRequest request, CancellationToken cancellation)
    {
        var changed = repositories
            .Where(known => pulses.GetValueOrDefault(known.NodeId ?? "") is { } pulse
                && pulse.WorkflowsOid != CursorText.Read<Cursor>(request.CursorOf(known.ExternalId, Resource))?.Oid)
            .ToDictionary(known => known.NodeId!, StringComparer.Ordinal);
        if (changed.Count == 0)
            return [];
        var nodes = await session.NodesAsync<RepositoryNode, FilesData>(Document, _size, [.. changed.Keys], data => data.Nodes, cancellation);
        return [.. nodes.Where(node => changed.ContainsKey(node.Id ?? "")).Select(node => Batch(changed[node.Id!], node))];
    }

    private FactBatch Batch(KnownRepository known, RepositoryNode node)
    {
        var jobs = (node.Object?.Entries ?? [])
            .Where(entry => entry is { Name: not null, Object.Text: not null })
            .ToDictionary(entry => Folder + entry!.Name, entry => (IReadOnlyList<WorkflowFileJob>)WorkflowFileText.JobsOf(entry!.Object!.Text!), StringComparer.Ordinal);
        _read[known.ExternalId] = jobs;
        return progress.Batch(
            $"Workflow files of {known.FullName}",
            [.. jobs.Select(file => new WorkflowFileFact(known.ExternalId, file.Key, file.Value))],
            new CursorMove(known.ExternalId, Resource, CursorText.Write(new Cursor(node.Object?.Oid, jobs))));
    }

    /// <param name="Oid">Of the folder when it was read.</param>
    private sealed record Cursor(string? Oid, IReadOnlyDictionary<string, IReadOnlyList<WorkflowFileJob>>? Jobs);

    private sealed record FilesData(IReadOnlyList<JsonElement>? Nodes) : GitHubData;

    private sealed record RepositoryNode(string? Id, TreeNode? Object);

    private sealed record TreeNode(string? Oid, IReadOnlyList<EntryNode?>? Entries);

    private sealed record EntryNode(string? Name, BlobNode? Object);

    private sealed record BlobNode(string? Text);
}
