using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>Makes facts of a run: every attempt it had, and the jobs of those that may be deployments.</summary>
internal sealed class RunDetails(GitHubSession session, RepositoryPlace place, WorkflowBook book, AttemptMemory memory)
{
    private const int PageSize = 100;

    public async Task<List<Fact>> CompleteAsync(IEnumerable<RunRow> runs, RowReader rows, CancellationToken cancellation)
    {
        var facts = new List<Fact>();
        foreach (var run in runs)
        {
            List<RunRow> attempts = [.. await EarlierAttemptsAsync(run, rows, cancellation), run];
            foreach (var attempt in attempts)
            {
                if (memory.Knows(attempt))
                    continue;
                facts.AddRange(await rows.MakeAsync([attempt], row => $"run {row.Id}", async row =>
                {
                    var jobs = NeedsJobs(row) ? await JobsAsync(row, rows, cancellation) : null;
                    var fact = row.ToFact(place.Scope, jobs);
                    if (row.IsCompleted && (jobs is not null || row.Attempt < run.Attempt))
                        memory.Remember(row);
                    return (Fact)fact;
                }));
            }
        }
        return facts;
    }

    private async Task<List<RunRow>> EarlierAttemptsAsync(RunRow run, RowReader rows, CancellationToken cancellation)
    {
        var earlier = new List<RunRow>();
        for (var attempt = 1; attempt < run.Attempt; attempt++)
        {
            if (memory.Knows(run with { RunAttempt = attempt }))
                continue;
            try
            {
                var reply = await session.Rest.GetAsync<JsonElement>(
                    $"{place.Path}/actions/runs/{run.Id}/attempts/{attempt}?exclude_pull_requests=true", cancellation);
                earlier.AddRange(rows.Read<RunRow>([reply.Rows], "id"));
            }
            catch (ConnectorException failure) when (failure.Fault == ConnectorFault.NotFound)
            {
                // GitHub forgets old attempts before it forgets the run.
                memory.Remember(run with { RunAttempt = attempt });
            }
        }
        return earlier;
    }

    private bool NeedsJobs(RunRow run) =>
        run is { IsCompleted: true, Conclusion: "success" or "failure" or "timed_out" } && book.MayDeploy(run);

    private async Task<IReadOnlyList<WorkflowJobFact>?> JobsAsync(RunRow run, RowReader rows, CancellationToken cancellation)
    {
        var jobs = new List<WorkflowJobFact>();
        for (var page = 1; ; page++)
        {
            JobsAnswer answer;
            try
            {
                answer = (await session.Rest.GetAsync<JobsAnswer>(
                    $"{place.Path}/actions/runs/{run.Id}/attempts/{run.Attempt}/jobs?per_page={PageSize}&page={page}", cancellation)).Rows;
            }
            catch (ConnectorException failure) when (failure.Fault is ConnectorFault.NotFound or ConnectorFault.FeatureDisabled)
            {
                return null;
            }
            var listed = answer.Jobs ?? [];
            jobs.AddRange(rows.Read<JobRow>(listed, "id").Select(job => job.ToFact()));
            if (listed.Count < PageSize)
                return jobs;
        }
    }

    private sealed record JobsAnswer(IReadOnlyList<JsonElement>? Jobs);
}
