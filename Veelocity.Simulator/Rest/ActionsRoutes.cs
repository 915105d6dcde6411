using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Rest;

/// <summary>GitHub Actions: workflows, runs, attempts and jobs.</summary>
internal static class ActionsRoutes
{
    // "This endpoint will return up to 1,000 results for each search" when any of these is given.
    private static readonly string[] Searches = ["actor", "branch", "check_suite_id", "created", "event", "head_sha", "status"];
    private const int SearchCap = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRepository("/actions/workflows", (http, repository) => new
        {
            total_count = repository.Workflows.Count,
            workflows = Paging.Cut(http, repository.Workflows).ConvertAll(workflow => RunShapes.Workflow(Exchange.Of(http), repository, workflow)),
        });
        routes.MapRepository("/actions/runs", (http, repository) => Runs(http, repository.Runs));
        routes.MapRepository("/actions/workflows/{workflow}/runs", (http, repository) =>
            FindWorkflow(repository, RestRoutes.Route(http, "workflow")) is { } workflow ? Runs(http, repository.Runs.FindAll(run => run.Workflow == workflow)) : null);
        routes.MapRepository("/actions/runs/{id:long}", (http, repository) =>
            Run(http, repository) is { } run ? RunShapes.Run(Exchange.Of(http), run, run.Latest, WithPulls(http)) : null);
        routes.MapRepository("/actions/runs/{id:long}/attempts/{attempt:int}", (http, repository) =>
            Run(http, repository) is { } run && Attempt(http, run) is { } attempt ? RunShapes.Run(Exchange.Of(http), run, attempt, WithPulls(http)) : null);
        routes.MapRepository("/actions/runs/{id:long}/jobs", (http, repository) => Run(http, repository) is { } run
            ? Jobs(http, run, http.Request.Query["filter"] == "all" ? run.Attempts.AsEnumerable().Reverse() : [run.Latest])
            : null);
        routes.MapRepository("/actions/runs/{id:long}/attempts/{attempt:int}/jobs", (http, repository) =>
            Run(http, repository) is { } run && Attempt(http, run) is { } attempt ? Jobs(http, run, [attempt]) : null);
    }

    private static WorkflowRun? Run(HttpContext http, Repository repository) => repository.FindRun(RestRoutes.Number(http, "id"));

    private static RunAttempt? Attempt(HttpContext http, WorkflowRun run) => run.Attempts.Find(attempt => attempt.Number == RestRoutes.Number(http, "attempt"));

    private static bool WithPulls(HttpContext http) => http.Request.Query["exclude_pull_requests"] != "true";

    private static Workflow? FindWorkflow(Repository repository, string name) =>
        repository.Workflows.Find(workflow => workflow.Path.EndsWith("/" + name, StringComparison.Ordinal)
            || workflow.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == name);

    private static object Jobs(HttpContext http, WorkflowRun run, IEnumerable<RunAttempt> attempts)
    {
        var all = attempts.SelectMany(attempt => attempt.Jobs.Select(job => (attempt, job))).ToList();
        return new { total_count = all.Count, jobs = Paging.Cut(http, all).ConvertAll(item => RunShapes.Job(Exchange.Of(http), run, item.attempt, item.job)) };
    }

    private static object Runs(HttpContext http, IReadOnlyList<WorkflowRun> all)
    {
        if (RunFilter.From(http.Request.Query) is not { } filter)
            return (Func<HttpContext, Task>)(bad => Refusal.Unprocessable(bad));
        var found = all.Where(filter.Takes).OrderByDescending(run => run.CreatedAt).ThenByDescending(run => run.Id).ToList();
        var capped = Searches.Any(http.Request.Query.ContainsKey);
        var withPulls = WithPulls(http);
        return new
        {
            total_count = found.Count,
            workflow_runs = Paging.Cut(http, found, capped ? SearchCap : null).ConvertAll(run => RunShapes.Run(Exchange.Of(http), run, run.Latest, withPulls)),
        };
    }
}
