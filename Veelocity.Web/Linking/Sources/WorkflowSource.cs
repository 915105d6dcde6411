using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Deployments from the runs of one workflow (M9, M10, M11). A run is one deployment: its first successful attempt, so that a re-run
/// neither moves nor doubles it; failed when attempts failed and none succeeded, at the last failure. Cancelled, skipped and the
/// like are neither. Without a chosen branch every run counts but those for pull requests, which deploy previews.
/// </summary>
internal static class WorkflowSource
{
    public static IEnumerable<DerivedDeployment> Derive(RepositoryFacts facts, string path, string? branch)
    {
        var workflows = facts.Workflows.Where(w => w.Path == path).Select(w => w.Id).ToHashSet();
        return facts.Runs
            .Where(r => workflows.Contains(r.WorkflowId) && (branch is null ? !IsForPullRequest(r) : r.HeadBranch == branch))
            .GroupBy(r => r.ExternalId)
            .Select(Derive)
            .OfType<DerivedDeployment>();
    }

    public static bool IsForPullRequest(RunFacts run) => run.Event is "pull_request" or "pull_request_target" or "merge_group";

    private static DerivedDeployment? Derive(IGrouping<long, RunFacts> attempts)
    {
        var end = attempts.Where(a => a.Conclusion == "success").MinBy(a => a.Attempt);
        var outcome = end is null ? DeploymentOutcome.Failed : DeploymentOutcome.Succeeded;
        end ??= attempts.Where(a => a.Conclusion is "failure" or "timed_out" or "startup_failure").MaxBy(a => a.Attempt);
        return end is null ? null : new()
        {
            SourceKey = $"run {attempts.Key}",
            Sha = end.HeadSha,
            Ref = end.HeadBranch,
            Title = end.Title,
            Url = end.Url,
            Outcome = outcome,
            StartedAt = attempts.Min(a => a.StartedAt),
            FinishedAt = end.CompletedAt ?? end.StartedAt,
        };
    }
}
