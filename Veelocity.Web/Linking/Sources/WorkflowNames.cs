using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Reads from a workflow's name and file, by the organization's patterns, whether its runs may be deployments (M8).</summary>
internal sealed class WorkflowNames(string deployPattern, string notDeployPattern)
{
    private readonly NamePattern _deploys = NamePattern.Of(deployPattern);
    private readonly NamePattern _not = NamePattern.Of(notDeployPattern);

    public bool MayDeploy(WorkflowFacts workflow) => RankOf(workflow) is not null;

    /// <summary>How plainly it speaks of deploying, best first; null when it does not.</summary>
    public int? RankOf(WorkflowFacts workflow)
    {
        var text = $"{workflow.Name} {Path.GetFileName(workflow.Path)}";
        if (!Matches(_deploys, workflow) || Matches(_not, workflow)) return null;
        return Says("deploy") ? 2 : Says("release") ? 3 : Says("publish") ? 4 : 2;

        bool Says(string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    // Each apart, so that ^ and $ mean the ends of a name or of a file.
    private static bool Matches(NamePattern pattern, WorkflowFacts workflow) =>
        pattern.Matches(workflow.Name) || pattern.Matches(Path.GetFileName(workflow.Path));
}
