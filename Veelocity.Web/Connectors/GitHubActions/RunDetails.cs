using System.Text.Json;
using Veelocity.Web.Connectors.GitHub;

namespace Veelocity.Web.Connectors.GitHubActions;

/// <summary>Makes facts of a run: every attempt it had. Those whose jobs matter, because their workflow's are wanted or they have failed, get in line for them.</summary>
internal sealed class RunDetails(GitHubSession session, RepositoryPlace place, WorkflowBook book, AttemptMemory memory, JobQueue queue)
{
    /// <summary>The facts that need no jobs.</summary>
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
                if (NeedsJobs(attempt, isLatest: attempt.Attempt == run.Attempt))
                {
                    queue.Add(new WaitingRun(place, attempt, IsOnly: run.Attempt == 1, memory));
                    continue;
                }
                facts.AddRange(await rows.MakeAsync([attempt], row => $"run {row.Id}", row => row.ToFact(place.Scope, null)));
                if (attempt.IsCompleted && attempt.Attempt < run.Attempt)
                    memory.Remember(attempt);
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

    // Of old runs only the last attempt's failure is looked into: each earlier one would cost a request of its own.
    private bool NeedsJobs(RunRow run, bool isLatest) => run is { IsCompleted: true, Conclusion: "success" or "failure" or "timed_out" or "cancelled" }
        && (book.WantsJobs(run) || (run.Conclusion is "failure" or "timed_out" && (isLatest || memory.IsYoung(run))));
}
