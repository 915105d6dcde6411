using Veelocity.Web.Data;
using Veelocity.Web.Tests.Recomputed.Facts;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>One attempt of a mobile build on one platform (M32, M33).</summary>
/// <param name="Outcome">succeeded, failed, cancelled, skipped or running.</param>
internal sealed record MobileBuild(WorkflowRun Attempt, string Platform, string Outcome, double? Duration, double? Queue)
{
    public bool IsFirst { get; set; }

    /// <summary>What came of the run on this platform at last.</summary>
    public string Eventual { get; set; } = "";
}

/// <summary>Finds them in runs and jobs: a run for both platforms is one for each whose jobs ran.</summary>
internal static class MobileBuilds
{
    private static readonly string[] Both = ["ios", "android"];
    private static readonly string[] Failures = ["failure", "timed_out", "startup_failure"];

    public static List<MobileBuild> Of(World world)
    {
        var builds = new List<MobileBuild>();
        foreach (var run in world.Runs.OrderBy(r => r.Attempt))
        {
            var name = world.Workflows.Single(w => w.Id == run.WorkflowId).Name;
            var jobs = world.Jobs.FindAll(j => j.RunId == run.Id);
            if (name is "iOS" or "Android") builds.Add(Of(run, name.ToLowerInvariant(), OutcomeOf(run), jobs));
            else if (name == "Mobile CI") builds.AddRange(Split(run, jobs));
        }
        foreach (var series in builds.GroupBy(b => (b.Attempt.ExternalId, b.Platform)))
        {
            series.First().IsFirst = true;
            var eventual = new[] { "succeeded", "running", "failed", "cancelled", "skipped" }.First(outcome => series.Any(b => b.Outcome == outcome));
            foreach (var build in series) build.Eventual = eventual;
        }
        return builds;
    }

    private static IEnumerable<MobileBuild> Split(WorkflowRun run, List<WorkflowJob> jobs)
    {
        var ran = Both.Where(platform => jobs.Exists(j => j.Name == platform && j.Conclusion != "skipped")).ToList();
        // It ended before any job could run, or still does: for both.
        if (ran.Count == 0) return Both.Select(platform => Of(run, platform, OutcomeOf(run), []));
        return ran.Select(platform =>
        {
            var own = jobs.FindAll(j => j.Name == platform);
            return Of(run, platform, own.Exists(j => Failures.Contains(j.Conclusion)) ? "failed" : "succeeded", own);
        });
    }

    private static MobileBuild Of(WorkflowRun run, string platform, string outcome, List<WorkflowJob> jobs)
    {
        var ran = jobs.FindAll(j => j.Conclusion != "skipped");
        return new(
            run, platform, outcome,
            ran.Count == 0 ? null : (ran.Max(j => j.CompletedAt) - ran.Min(j => j.StartedAt))!.Value.TotalSeconds,
            ran.Count == 0 ? null : (ran.Min(j => j.StartedAt) - run.StartedAt)!.Value.TotalSeconds);
    }

    private static string OutcomeOf(WorkflowRun run) => run switch
    {
        { Status: not "completed" } => "running",
        { Conclusion: "success" } => "succeeded",
        { Conclusion: "cancelled" } => "cancelled",
        _ => Failures.Contains(run.Conclusion) ? "failed" : "skipped",
    };
}
