using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>Mobile builds: for one platform and for both, with re-runs, cancellations, skipped jobs and builds that are still running.</summary>
internal sealed class BuildStory(World world, Dice dice, Repository repository)
{
    private static readonly string[] Ends = ["success", "success", "success", "success", "failure", "failure", "cancelled", "timed_out", "startup_failure", "skipped"];

    private long number = 5000;
    private long job;

    public void Tell(DateTimeOffset from)
    {
        var (ios, android, both) = (Add(11, "iOS"), Add(12, "Android"), Add(13, "Mobile CI"));
        for (var at = from.AddHours(7); at < world.Now; at += dice.Span(2, 40))
        {
            var sha = dice.Pick(world.Commits).Sha;
            Run(dice.Pick([ios, android, both]), sha, at);
            // The same commit again, as another run.
            if (dice.Chance(15)) Run(dice.Pick([ios, both]), sha, at + dice.Span(0.5, 3));
        }
    }

    private Workflow Add(long id, string name)
    {
        var workflow = new Workflow
        {
            Id = Workflow.IdOf(repository.Id, id),
            OrganizationId = world.OrganizationId,
            RepositoryId = repository.Id,
            ExternalId = id,
            Name = name,
            Path = $".github/workflows/{id}.yml",
            State = "active",
        };
        world.Workflows.Add(workflow);
        return workflow;
    }

    private void Run(Workflow workflow, string sha, DateTimeOffset created)
    {
        number++;
        var at = created.AddSeconds(dice.Below(30));
        for (var attempt = 1; attempt <= 3 && at < world.Now; attempt++)
        {
            var end = dice.Pick(Ends);
            at = Attempt(workflow, sha, created, attempt, at, end);
            if (end == "success" ? dice.Chance(90) : dice.Chance(50)) break;
            at += dice.Span(0.2, 30);
        }
    }

    private DateTimeOffset Attempt(Workflow workflow, string sha, DateTimeOffset created, int attempt, DateTimeOffset started, string end)
    {
        var run = WorkflowRun.IdOf(repository.Id, number, attempt);
        var isOver = started.AddHours(3) < world.Now;
        var completed = started + dice.Span(0.6, 1.4);
        world.Runs.Add(new()
        {
            Id = run,
            OrganizationId = world.OrganizationId,
            RepositoryId = repository.Id,
            WorkflowId = workflow.Id,
            ExternalId = number,
            Attempt = attempt,
            RunNumber = (int)number,
            Title = $"Build {number}",
            Url = $"{repository.Url}/actions/runs/{number}",
            Event = "push",
            HeadBranch = "main",
            HeadSha = sha,
            Status = isOver ? "completed" : "in_progress",
            Conclusion = isOver ? end : null,
            CreatedAt = created,
            StartedAt = started,
            CompletedAt = isOver ? completed : null,
        });
        if (isOver && end is "success" or "failure" or "timed_out")
            foreach (var name in workflow.Name == "Mobile CI" ? ["ios", "android"] : new[] { "build", "sign" }) AddJob(run, name, started, completed, end);
        return completed;
    }

    private void AddJob(Guid run, string name, DateTimeOffset started, DateTimeOffset completed, string end)
    {
        // In a run for both platforms one can fail or be skipped alone; the first of the others is the one that failed.
        var conclusion = name switch
        {
            "android" when end == "failure" => dice.Pick(["success", "failure", "skipped"]),
            "android" when dice.Chance(15) => "skipped",
            "sign" when end != "success" => "skipped",
            _ => end,
        };
        var from = started.AddSeconds(15 + dice.Below(900));
        world.Jobs.Add(new()
        {
            OrganizationId = world.OrganizationId,
            RunId = run,
            ExternalId = ++job,
            Name = name,
            Status = "completed",
            Conclusion = conclusion,
            StartedAt = from,
            CompletedAt = conclusion == "skipped" ? from : completed.AddSeconds(-dice.Below(900)),
            FailedStep = conclusion is "failure" or "timed_out" ? $"Step {dice.Below(3)}" : null,
        });
    }
}
