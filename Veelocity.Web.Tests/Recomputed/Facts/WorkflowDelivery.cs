using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>Deployments by the runs of a workflow: re-runs, canceled runs, and runs on branches that deploy nothing.</summary>
internal sealed class WorkflowDelivery
{
    public const string Path = ".github/workflows/deploy.yml";

    private static readonly string[] Failures = ["failure", "timed_out", "startup_failure"];
    private static readonly string[] Neither = ["cancelled", "skipped", "neutral", "stale", "action_required"];

    private readonly World world;
    private readonly Dice dice;
    private readonly Repository repository;
    private readonly Workflow workflow;
    private long number = 1000;

    public WorkflowDelivery(World world, Dice dice, Repository repository)
    {
        (this.world, this.dice, this.repository) = (world, dice, repository);
        workflow = new Workflow
        {
            Id = Workflow.IdOf(repository.Id, 7),
            OrganizationId = world.OrganizationId,
            RepositoryId = repository.Id,
            ExternalId = 7,
            Name = "Deploy",
            Path = Path,
            State = "active",
        };
        world.Workflows.Add(workflow);
    }

    public void Ship(string sha, DateTimeOffset created, DateTimeOffset finished, Ending ending)
    {
        number++;
        var length = finished - created;
        var attempt = 1;
        if (dice.Chance(25))
        {
            Attempt(sha, "main", attempt++, created - length - length, created - length, dice.Pick(dice.Chance(70) ? Failures : Neither));
        }
        Attempt(sha, "main", attempt++, created, finished, ending switch
        {
            Ending.Succeeded => "success",
            Ending.Failed => dice.Pick(Failures),
            _ => dice.Pick(Neither),
        });
        // Run again after the success: neither moves nor duplicates it, whatever comes of it.
        if (ending == Ending.Succeeded && dice.Chance(20))
            Attempt(sha, "main", attempt, finished.AddHours(1), finished.AddHours(1) + length, dice.Chance(50) ? "success" : "failure");
        if (dice.Chance(15)) Preview(finished);
    }

    private void Preview(DateTimeOffset at)
    {
        number++;
        Attempt(dice.Sha(), "topic-1", 1, at.AddMinutes(3), at.AddMinutes(9), "success");
    }

    private void Attempt(string sha, string branch, int attempt, DateTimeOffset started, DateTimeOffset completed, string conclusion) => world.Runs.Add(new()
    {
        Id = WorkflowRun.IdOf(repository.Id, number, attempt),
        OrganizationId = world.OrganizationId,
        RepositoryId = repository.Id,
        WorkflowId = workflow.Id,
        ExternalId = number,
        Attempt = attempt,
        RunNumber = (int)number,
        Title = $"Deploy {number}",
        Url = $"{repository.Url}/actions/runs/{number}",
        Event = "push",
        HeadBranch = branch,
        HeadSha = sha,
        Status = "completed",
        Conclusion = conclusion,
        CreatedAt = started.AddSeconds(-20),
        StartedAt = started,
        CompletedAt = completed,
    });
}
