using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Histories;

/// <summary>What happens to workflow runs.</summary>
internal static class RunChanges
{
    private const int RerunDays = 30;

    public static IReadOnlyList<ChangeKind> All { get; } =
    [
        new("start_run", 4, Start), new("progress_run", 5, Progress), new("complete_run", 9, Complete), new("rerun_run", 5, Rerun), new("rerun_old_run", 2, RerunOld),
    ];

    private static string? Start(Scene scene)
    {
        if (scene.Choose(scene.Alive.Where(candidate => candidate.Workflows.Count > 0)) is not { Head: { } head } repository)
            return null;
        var workflow = scene.Dice.Pick(repository.Workflows);
        var by = scene.Somebody();
        var run = new RunBook(scene).Start(repository, scene.Dice.Pick(["workflow_dispatch", "schedule"]), repository.DefaultBranchName, head, head.Headline, by, workflow);
        return $"run {run.Id} of {workflow.Name} was requested";
    }

    private static string? Progress(Scene scene)
    {
        if (Run(scene, run => run.Latest.Status is "queued" or "requested" or "waiting" or "pending" && IsAlive(scene, run)) is not { } run)
            return null;
        new RunBook(scene).Progress(run);
        return $"run {run.Id} began";
    }

    private static string? Complete(Scene scene) =>
        Run(scene, run => run.Latest.Status != "completed" && IsAlive(scene, run)) is { } run ? $"run {run.Id} ended: {new RunBook(scene).Complete(run)}" : null;

    private static string? Rerun(Scene scene) => Again(scene, scene.Now.AddDays(-RerunDays), scene.Now);

    // The ones that only a rescan of the whole window finds.
    private static string? RerunOld(Scene scene) => Again(scene, scene.Now.AddDays(-RerunDays), scene.Now.AddDays(-3));

    private static string? Again(Scene scene, DateTimeOffset least, DateTimeOffset most)
    {
        if (Run(scene, run => run.Latest.Status == "completed" && run.CreatedAt >= least && run.CreatedAt <= most) is not { } run)
            return null;
        new RunBook(scene).Rerun(run, scene.Somebody());
        return $"run {run.Id} of {run.CreatedAt:yyyy-MM-dd} was run again, attempt {run.Attempts.Count}";
    }

    // GitHub lets none go on for months.
    private static bool IsAlive(Scene scene, WorkflowRun run) => run.CreatedAt >= scene.Now.AddDays(-RerunDays);

    private static WorkflowRun? Run(Scene scene, Predicate<WorkflowRun> fits) => scene.Something(repository => repository.Runs, run => scene.IsAsked(run.Id) && fits(run));
}
