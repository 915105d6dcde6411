using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Histories;

/// <summary>Starts, moves and ends workflow runs at the scene's moment.</summary>
internal sealed class RunBook(Scene scene)
{
    private static readonly string[] Outcomes = ["success", "success", "success", "success", "success", "failure", "failure", "cancelled", "timed_out", "skipped"];

    /// <summary>A queued run; the checks of the repository if no workflow is given.</summary>
    public WorkflowRun Start(Repository repository, string happening, string branch, Commit head, string title, Account? actor, Workflow? workflow = null)
    {
        var runs = workflow ?? Checks(repository);
        var number = repository.Runs.Where(other => other.Workflow == runs).Select(other => other.Number).DefaultIfEmpty().Max() + 1;
        var run = new WorkflowRun(repository, runs, 9_000_000_000L + scene.World.NextId(), number, scene.Now)
        {
            Event = happening,
            HeadBranch = branch,
            HeadSha = head.Sha,
            DisplayTitle = title,
            Actor = actor,
        };
        run.Attempts.Add(new RunAttempt(1, scene.Now) { Status = "queued" });
        repository.Add(run);
        scene.Tell("workflow_run", "requested", repository, run, actor);
        return run;
    }

    public void Rerun(WorkflowRun run, Account by)
    {
        run.Attempts.Add(new RunAttempt(run.Attempts.Count + 1, scene.Now) { Status = "queued", TriggeringActor = by });
        scene.Tell("workflow_run", "requested", run.Repository, run, by);
    }

    public void Progress(WorkflowRun run)
    {
        var attempt = run.Latest;
        (attempt.Status, attempt.UpdatedAt) = ("in_progress", scene.Now);
        attempt.Jobs.Add(JobStory.Of(scene.World, "build", scene.Now, scene.Now, "success", isOver: false));
        scene.Tell("workflow_run", "in_progress", run.Repository, run, run.Actor);
    }

    public string Complete(WorkflowRun run)
    {
        var attempt = run.Latest;
        var outcome = scene.Target.Outcome ?? scene.Dice.Pick(Outcomes);
        var starts = attempt.Jobs.Count > 0 ? attempt.Jobs[0].StartedAt : attempt.StartedAt;
        attempt.Jobs.Clear();
        if (outcome != "skipped")
        {
            var middle = new DateTimeOffset((starts.UtcTicks + scene.Now.UtcTicks) / 2 / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
            attempt.Jobs.Add(JobStory.Of(scene.World, "build", starts, middle, "success", isOver: true));
            attempt.Jobs.Add(JobStory.Of(scene.World, "test", middle, scene.Now, outcome, isOver: true));
        }

        (attempt.Status, attempt.Conclusion, attempt.UpdatedAt) = ("completed", outcome, scene.Now);
        scene.Tell("workflow_run", "completed", run.Repository, run, run.Actor);
        return outcome;
    }

    private Workflow Checks(Repository repository) =>
        repository.Workflows.Find(workflow => workflow.Path.EndsWith("/ci.yml", StringComparison.Ordinal))
        ?? repository.Add(new Workflow(scene.World.NextId(), "CI", ".github/workflows/ci.yml", scene.Now));
}
