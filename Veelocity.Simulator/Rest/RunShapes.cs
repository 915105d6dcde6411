using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>Workflows, runs and jobs as REST writes them.</summary>
internal static class RunShapes
{
    public static object Workflow(Exchange at, Repository repository, Workflow workflow) => new
    {
        id = workflow.Id,
        node_id = workflow.NodeId,
        name = workflow.Name,
        path = workflow.Path,
        state = workflow.State,
        created_at = Iso.Text(workflow.CreatedAt),
        updated_at = Iso.Text(workflow.CreatedAt),
        url = $"{Shapes.Url(at, repository)}/actions/workflows/{workflow.Id}",
        html_url = $"{at.WebUrl}/{repository.FullName}/blob/{repository.DefaultBranchName}/{workflow.Path}",
        badge_url = $"{at.WebUrl}/{repository.FullName}/workflows/{Uri.EscapeDataString(workflow.Name)}/badge.svg",
    };

    public static object Run(Exchange at, WorkflowRun run, RunAttempt attempt, bool withPulls)
    {
        var url = Url(at, run);
        return new
        {
            id = run.Id,
            name = run.Workflow.Name,
            node_id = run.NodeId,
            head_branch = run.HeadBranch,
            head_sha = run.HeadSha,
            path = run.Workflow.Path,
            display_title = run.DisplayTitle,
            run_number = run.Number,
            @event = run.Event,
            status = attempt.Status,
            conclusion = attempt.Conclusion,
            workflow_id = run.Workflow.Id,
            check_suite_id = run.Id + 5_000_000_000,
            check_suite_node_id = NodeIds.Of("CS", run.Id),
            url,
            html_url = $"{at.WebUrl}/{run.Repository.FullName}/actions/runs/{run.Id}",
            pull_requests = withPulls ? OpenPulls(at, run) : [],
            created_at = Iso.Text(run.CreatedAt),
            updated_at = Iso.Text(attempt.UpdatedAt),
            actor = Shapes.Account(at, run.Actor),
            run_attempt = attempt.Number,
            run_started_at = Iso.Text(attempt.StartedAt),
            triggering_actor = Shapes.Account(at, attempt.TriggeringActor ?? run.Actor),
            jobs_url = url + "/jobs",
            previous_attempt_url = attempt.Number > 1 ? $"{url}/attempts/{attempt.Number - 1}" : null,
            workflow_url = $"{Shapes.Url(at, run.Repository)}/actions/workflows/{run.Workflow.Id}",
            head_commit = HeadCommit(run),
            repository = Minimal(at, run.Repository),
            head_repository = Minimal(at, run.Repository),
        };
    }

    public static object Job(Exchange at, WorkflowRun run, RunAttempt attempt, Job job) => new
    {
        id = job.Id,
        run_id = run.Id,
        workflow_name = run.Workflow.Name,
        head_branch = run.HeadBranch,
        run_url = Url(at, run),
        run_attempt = attempt.Number,
        node_id = NodeIds.Of("CR", job.Id),
        head_sha = run.HeadSha,
        url = $"{Shapes.Url(at, run.Repository)}/actions/jobs/{job.Id}",
        html_url = $"{at.WebUrl}/{run.Repository.FullName}/actions/runs/{run.Id}/job/{job.Id}",
        status = job.Status,
        conclusion = job.Conclusion,
        created_at = Iso.Text(job.CreatedAt),
        started_at = Iso.Text(job.StartedAt),
        completed_at = Iso.Text(job.CompletedAt),
        name = job.Name,
        steps = job.Steps.Select(step => new
        {
            name = step.Name,
            status = step.Status,
            conclusion = step.Conclusion,
            number = step.Number,
            started_at = Iso.Text(step.StartedAt),
            completed_at = Iso.Text(step.CompletedAt),
        }),
        labels = new[] { job.Runner },
        runner_id = (long?)null,
        runner_name = job.Runner,
        runner_group_id = (long?)null,
        runner_group_name = "GitHub Actions",
    };

    // Only what is open now with this head, not what set the run off.
    private static object[] OpenPulls(Exchange at, WorkflowRun run) =>
        run.Event != "pull_request"
            ? []
            : [.. run.Repository.PullRequests.Where(pull => pull.State == "OPEN" && pull.HeadRef == run.HeadBranch && !pull.IsCrossRepository)
                .Select(pull => new { url = $"{Shapes.Url(at, run.Repository)}/pulls/{pull.Number}", id = pull.Id, number = pull.Number })];

    private static object? HeadCommit(WorkflowRun run) =>
        run.Repository.Commits.TryGetValue(run.HeadSha, out var commit)
            ? new
            {
                id = commit.Sha,
                message = commit.Message,
                timestamp = Iso.Text(commit.Committer.Date),
                author = new { name = commit.Author.Name, email = commit.Author.Email },
                committer = new { name = commit.Committer.Name, email = commit.Committer.Email },
            }
            : null;

    private static object Minimal(Exchange at, Repository repository) =>
        new { id = repository.Id, node_id = repository.NodeId, name = repository.Name, full_name = repository.FullName, url = Shapes.Url(at, repository) };

    private static string Url(Exchange at, WorkflowRun run) => $"{Shapes.Url(at, run.Repository)}/actions/runs/{run.Id}";
}
