using GraphQL;
using GraphQL.Utilities;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.GraphQl;

/// <summary>Workflow runs as GraphQL shows them: through the check suite of their newest attempt.</summary>
internal static class RunFields
{
    public static void Define(TypeSettings types)
    {
        types.Of<Workflow>("Workflow")
            .Field("id", workflow => workflow.NodeId)
            .Field("databaseId", workflow => workflow.Id % 1_000_000) // GraphQL numbers workflows in another way than REST
            .Field("name", workflow => workflow.Name)
            .Field("state", workflow => workflow.State.ToUpperInvariant())
            .Field("createdAt", workflow => workflow.CreatedAt)
            .Field("updatedAt", workflow => workflow.CreatedAt)
            .Field("url", (workflow, context) => $"{GraphCall.Of(context).WebUrl}/{workflow.Path}");

        types.Of<WorkflowRun>("WorkflowRun")
            .Field("id", run => run.NodeId)
            .Field("databaseId", run => DatabaseId(run.Id))
            .Field("runNumber", run => run.Number)
            .Field("event", run => run.Event)
            .Field("createdAt", run => run.CreatedAt)
            .Field("updatedAt", run => run.Latest.UpdatedAt)
            .Field("workflow", run => run.Workflow)
            .Field("checkSuite", run => run)
            .Field("url", (run, context) => $"{GraphCall.Of(context).WebUrl}/{run.Repository.FullName}/actions/runs/{run.Id}");

        types.Of<WorkflowRun>("CheckSuite")
            .Field("id", run => NodeIds.Of("CS", run.Id))
            .Field("status", run => run.Latest.Status.ToUpperInvariant())
            .Field("conclusion", run => run.Latest.Conclusion?.ToUpperInvariant())
            .Field("createdAt", run => run.CreatedAt)
            .Field("updatedAt", run => run.Latest.UpdatedAt)
            .Field("commit", run => run.Repository.Commits.GetValueOrDefault(run.HeadSha))
            .Field("branch", run => Ref.Branch(run.Repository, run.HeadBranch))
            .Field("checkRuns", (run, context) => Page.Of(Jobs(run, context), context));

        types.Of<Job>("CheckRun")
            .Field("id", job => NodeIds.Of("CR", job.Id))
            .Field("url", (job, context) => $"{GraphCall.Of(context).WebUrl}/runs/{job.Id}")
            .Field("databaseId", job => DatabaseId(job.Id))
            .Field("name", job => job.Name)
            .Field("status", job => job.Status.ToUpperInvariant())
            .Field("conclusion", job => job.Conclusion?.ToUpperInvariant())
            .Field("startedAt", job => job.StartedAt)
            .Field("completedAt", job => job.CompletedAt)
            .Connection("steps", job => job.Steps);

        types.Of<Step>("CheckStep")
            .Field("number", step => step.Number)
            .Field("name", step => step.Name)
            .Field("status", step => step.Status.ToUpperInvariant())
            .Field("conclusion", step => step.Conclusion?.ToUpperInvariant())
            .Field("startedAt", step => step.StartedAt)
            .Field("completedAt", step => step.CompletedAt)
            .Field("secondsToCompletion", step => step.CompletedAt is { } end && step.StartedAt is { } start ? (int)(end - start).TotalSeconds : null);
    }

    private static List<Job> Jobs(WorkflowRun run, IResolveFieldContext context)
    {
        var filter = context.GetArgument<Dictionary<string, object?>?>("filterBy");
        var jobs = filter?.GetValueOrDefault("checkType") as string == "ALL" ? [.. run.Attempts.SelectMany(attempt => attempt.Jobs)] : run.Latest.Jobs;
        return filter?.GetValueOrDefault("conclusions") is IEnumerable<object?> wanted
            ? jobs.FindAll(job => wanted.Contains(job.Conclusion?.ToUpperInvariant()))
            : jobs;
    }

    private static long? DatabaseId(long id) => id > int.MaxValue ? null : id;
}
