using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;
using Veelocity.Web.Connectors.Http;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>
/// Reads the jobs of many attempts: those of first attempts by the hundred through GraphQL, which knows no attempts; the others, and
/// all when GraphQL refuses (some tokens may not read checks), through REST one by one.
/// </summary>
internal sealed class JobReader(GitHubSession session)
{
    private const int PerPage = 100;

    private static readonly GraphQlDocument Jobs = GraphQlDocument.Beside(typeof(JobReader), "JobsOfRuns");
    private static readonly GraphQlDocument Steps = GraphQlDocument.Beside(typeof(JobReader), "FailedSteps");
    private static readonly string[] Failures = ["FAILURE", "TIMED_OUT"];

    private readonly PageSize _size = new(PerPage, PerPage, session.Clock);

    // A run and five jobs of it, 24 times, is still one point.
    private readonly PageSize _stepsSize = new(24, 24, session.Clock);

    private bool _isRefused;
    private int _troubles;

    /// <summary>By attempt; one whose jobs GitHub no longer has is missing.</summary>
    public async Task<Dictionary<WaitingRun, IReadOnlyList<WorkflowJobFact>>> ReadAsync(
        IReadOnlyList<WaitingRun> runs, CancellationToken cancellation)
    {
        var found = new Dictionary<WaitingRun, IReadOnlyList<WorkflowJobFact>>();
        var many = runs.Where(run => run is { IsOnly: true, Run.NodeId: not null }).ToDictionary(run => run.Run.NodeId!, StringComparer.Ordinal);
        foreach (var node in await NodesAsync([.. many.Keys], Jobs, _size, cancellation))
        {
            if (many.TryGetValue(node.Id ?? "", out var run) && JobsOf(node, run) is { } jobs)
                found[run] = jobs;
        }
        await AddStepsAsync(found, cancellation);
        foreach (var run in runs)
        {
            if (!found.ContainsKey(run) && await OneByOneAsync(run, cancellation) is { } jobs)
                found[run] = jobs;
        }
        return found;
    }

    private static List<WorkflowJobFact>? JobsOf(JobRunNode node, WaitingRun run)
    {
        if (node.WholePage is not { } page)
            return null;
        var listed = GitHubRows.OfGraphQl(run.Place.Scope).Read<CheckRunNode>(page.Rows);
        return listed.Count == page.Rows.Count && listed.TrueForAll(job => job.JobId is not null)
            ? listed.ConvertAll(job => job.ToFact())
            : null;
    }

    private async Task AddStepsAsync(Dictionary<WaitingRun, IReadOnlyList<WorkflowJobFact>> found, CancellationToken cancellation)
    {
        var failed = found.Where(entry => entry.Value.Any(job => job.Conclusion is "failure" or "timed_out")).Select(entry => entry.Key)
            .ToDictionary(run => run.Run.NodeId!, StringComparer.Ordinal);
        foreach (var node in await NodesAsync([.. failed.Keys], Steps, _stepsSize, cancellation))
        {
            if (!failed.TryGetValue(node.Id ?? "", out var run))
                continue;
            var rows = GitHubRows.OfGraphQl(run.Place.Scope);
            var steps = rows.Read<CheckRunNode>(node.CheckSuite?.CheckRuns?.Rows ?? [])
                .Where(job => job.JobId is not null)
                .ToDictionary(job => job.JobId!.Value, job => FailedStep(rows.Read<StepRow>(job.Steps?.Rows ?? [])));
            found[run] = [.. found[run].Select(job => job with { FailedStep = steps.GetValueOrDefault(job.ExternalId) })];
        }
    }

    private static string? FailedStep(IEnumerable<StepRow> steps) =>
        steps.FirstOrDefault(step => step.Conclusion is "FAILURE" or "TIMED_OUT")?.Name;

    private async Task<List<JobRunNode>> NodesAsync(
        string[] ids, GraphQlDocument document, PageSize size, CancellationToken cancellation)
    {
        var nodes = new List<JobRunNode>();
        for (var taken = 0; taken < ids.Length && !_isRefused;)
        {
            string[] chunk = [];
            try
            {
                var reply = await session.Graph.AskAsync<JobsData>(document, size, most => Of(chunk = [.. ids.Skip(taken).Take(most)]), cancellation);
                nodes.AddRange(GitHubRows.OfGraphQl("").Read<JobRunNode>(reply.Data.Nodes ?? []));
            }
            catch (ConnectorException gone) when (gone.Fault == ConnectorFault.NotFound)
            {
                // One that was deleted meanwhile spoils the answer for all: find it by halves.
                if (chunk.Length > 1)
                {
                    nodes.AddRange(await NodesAsync(chunk[..(chunk.Length / 2)], document, size, cancellation));
                    nodes.AddRange(await NodesAsync(chunk[(chunk.Length / 2)..], document, size, cancellation));
                }
            }
            catch (ConnectorException heavy) when (heavy.IsTooHeavy)
            {
                // REST answers for this one alone, and for all when it goes on like this.
                _isRefused = ++_troubles >= ScopedReading.MaxTroublesInARow;
            }
            catch (ConnectorException refused) when (refused.Fault is ConnectorFault.MissingPermission or ConnectorFault.SsoRequired or ConnectorFault.Malformed)
            {
                _isRefused = true;
            }
            taken += chunk.Length;
        }
        return nodes;

        object Of(string[] chunk) => new { ids = chunk, conclusions = document == Steps ? Failures : null };
    }

    private async Task<IReadOnlyList<WorkflowJobFact>?> OneByOneAsync(WaitingRun waiting, CancellationToken cancellation)
    {
        var rows = GitHubRows.OfRest(waiting.Place.Scope);
        var jobs = new List<WorkflowJobFact>();
        for (var page = 1; ; page++)
        {
            JobsAnswer answer;
            try
            {
                answer = (await session.Rest.GetAsync<JobsAnswer>(
                    $"{waiting.Place.Path}/actions/runs/{waiting.Run.Id}/attempts/{waiting.Run.Attempt}/jobs?per_page={PerPage}&page={page}", cancellation)).Rows;
            }
            catch (ConnectorException failure) when (failure.Fault is ConnectorFault.NotFound or ConnectorFault.FeatureDisabled
                or ConnectorFault.MissingPermission or ConnectorFault.SsoRequired)
            {
                return null;
            }
            var listed = answer.Jobs ?? [];
            jobs.AddRange(rows.Read<JobRow>(listed, "id").Where(job => job.Id is not null).Select(job => job.ToFact()));
            if (listed.Count < PerPage)
                return jobs;
        }
    }

    private sealed record JobsData(IReadOnlyList<JsonElement>? Nodes) : GitHubData;

    private sealed record JobsAnswer(IReadOnlyList<JsonElement>? Jobs);
}
