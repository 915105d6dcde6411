using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Recordings;

/// <summary>Workflows, runs, earlier attempts and jobs of a recording.</summary>
internal sealed class RecordedRuns(Recording recording)
{
    public void Load()
    {
        foreach (var row in recording.Rows("workflows"))
        {
            recording.RepositoryOf(row).Add(new Workflow(recording.IdOf(row), row.Text("name") ?? "", row.Text("path") ?? "", row.Instant("created_at") ?? recording.World.Now)
            {
                State = row.Text("state") ?? "active",
            });
        }

        var earlier = recording.Rows("run_attempts").ToLookup(row => row.Number("id"));
        foreach (var row in recording.Rows("runs").OrderBy(row => row.Text("created_at"), StringComparer.Ordinal))
            Read(row, earlier[row.Number("id")]);
        foreach (var row in recording.Rows("jobs"))
            ReadJob(row);
    }

    private void Read(Row row, IEnumerable<Row> earlier)
    {
        var repository = recording.RepositoryOf(row);
        var run = new WorkflowRun(repository, WorkflowOf(repository, row), recording.IdOf(row), row.Count("run_number"), row.Instant("created_at")!.Value)
        {
            Event = row.Text("event") ?? "push",
            HeadBranch = row.Text("head_branch"),
            HeadSha = row.Text("head_sha") ?? "",
            DisplayTitle = row.Text("display_title") ?? "",
            Actor = recording.AccountOf(row.Child("actor")),
        };
        foreach (var attempt in earlier.Append(row).OrderBy(attempt => attempt.Number("run_attempt") ?? 1))
        {
            var startedAt = attempt.Instant("run_started_at") ?? run.CreatedAt;
            run.Attempts.Add(new RunAttempt((int)(attempt.Number("run_attempt") ?? 1), startedAt)
            {
                Status = attempt.Text("status") ?? "completed",
                Conclusion = attempt.Text("conclusion"),
                UpdatedAt = attempt.Instant("updated_at") ?? startedAt,
                TriggeringActor = recording.AccountOf(attempt.Child("triggering_actor")),
            });
        }

        repository.Add(run);
    }

    private Workflow WorkflowOf(Repository repository, Row row)
    {
        var id = row.Number("workflow_id") ?? 0;
        return repository.Workflows.Find(workflow => workflow.Id == id)
            ?? repository.Add(new Workflow(id, row.Text("name") ?? "", row.Text("path") ?? "", repository.CreatedAt));
    }

    private void ReadJob(Row row)
    {
        if (recording.RepositoryOf(row).FindRun(row.Number("run_id") ?? 0) is not { } run)
            return;
        var number = row.Number("run_attempt") ?? 1;
        var attempt = run.Attempts.Find(candidate => candidate.Number == number) ?? run.Latest;
        var startedAt = row.Instant("started_at") ?? attempt.StartedAt;
        attempt.Jobs.Add(new Job(recording.IdOf(row), row.Text("name") ?? "", startedAt)
        {
            CreatedAt = row.Instant("created_at") ?? startedAt,
            CompletedAt = row.Instant("completed_at"),
            Status = row.Text("status") ?? "completed",
            Conclusion = row.Text("conclusion"),
        });
    }
}
