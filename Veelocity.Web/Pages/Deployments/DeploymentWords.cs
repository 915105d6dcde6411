using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Flow;

namespace Veelocity.Web.Pages.Deployments;

/// <summary>What is to say of a deployment, in words.</summary>
internal static class DeploymentWords
{
    /// <summary>Where it is known from (M8).</summary>
    public static string Source(DeploymentLife.DeploymentFacts facts) => facts.Source switch
    {
        DeploymentSource.Environment => facts.SourceName is { } name ? $"GitHub environment {name}" : "GitHub environments",
        DeploymentSource.Workflow => $"Workflow {facts.SourceName}",
        DeploymentSource.Releases => facts.SourceName is { } start ? $"Releases {start}…" : "Releases",
        DeploymentSource.Tags => $"Git tag, dated by {(facts.IsDatedByCommit ? "its commit" : "its tagger")}",
        _ => "Merged pull requests, an estimate",
    };

    /// <summary>What it went down as.</summary>
    public static (string Icon, string Pill, string Words) Outcome(DeploymentLife.DeploymentFacts facts) => facts switch
    {
        { Outcome: DeploymentOutcome.Failed } => ("x", "pill-bad", "Failed"),
        { FailedBy: not null, IsRollback: false } => ("alert-triangle", "pill-bad", "Broke something"),
        { IsRollback: true } => ("history", "pill-caution", "Rollback"),
        { IsRelease: false } => ("refresh", "", "Same commit"),
        { Rework: not null } => ("refresh", "pill-caution", "Repair"),
        _ => ("check", "pill-good", "Succeeded"),
    };

    /// <summary>Whether it counts in deployment frequency, and why not.</summary>
    public static string Counts(DeploymentLife.DeploymentFacts facts) => facts switch
    {
        { LeftOut: { } reason } => $"Does not count: {Metrics.Dora.Reasons.Of(reason)}.",
        { Outcome: DeploymentOutcome.Failed } => $"It failed, so nothing new reached {facts.Environment}; it does not count in deployment frequency.",
        { IsRelease: false } => "The same commit as the deployment before it: one release, which counts once.",
        { IsProduction: false } => $"It went to {facts.Environment}, which is not production.",
        _ => "It counts as a release in deployment frequency.",
    };

    /// <summary>How it is known what it brought (M15, M16).</summary>
    public static string Contents(DeploymentContents contents) => contents switch
    {
        DeploymentContents.Ancestry => "Known by ancestry: what is reachable from its commit, and from no deployment's before it.",
        DeploymentContents.Time => "Known by time, because a commit is not in the known history: what was merged before it started.",
        DeploymentContents.Unknown => "The first known deployment of its service: nobody can tell all that it brought.",
        _ => "It brought nothing new.",
    };

    public static string? Short(string? sha) => sha is { Length: >= 7 } ? sha[..7] : sha;
}
