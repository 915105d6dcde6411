using System.Text.RegularExpressions;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Reads from a workflow's name and file, by the organization's patterns, whether its runs may be deployments (M8).</summary>
internal sealed partial class WorkflowNames(string deployPattern, string notDeployPattern)
{
    private const int NotProduction = 30;

    private readonly NamePattern _deploys = NamePattern.Of(deployPattern);
    private readonly NamePattern _not = NamePattern.Of(notDeployPattern);
    private readonly bool _isDefault = deployPattern == Organization.DefaultDeployPattern;

    public bool MayDeploy(WorkflowFacts workflow) => RankOf(workflow) is not null;

    /// <summary>Whether it says something that is never a deployment to production.</summary>
    public bool IsExcluded(WorkflowFacts workflow)
    {
        var file = Path.GetFileName(workflow.Path);
        var isProduction = NameWords.SaysProduction(workflow.Name) || NameWords.SaysProduction(file);
        return IsNot(workflow.Name) || IsNot(file);

        bool IsNot(string name) => NameWords.SaysNotProduction(name) || _not.Matches(isProduction ? NameWords.WithoutSoftWords(name) : NameWords.Words(name));
    }

    /// <summary>How plainly it speaks of deploying to production, best first; null when it doesn't deploy.</summary>
    public int? RankOf(WorkflowFacts workflow)
    {
        var text = $"{workflow.Name} {Path.GetFileName(workflow.Path)}";
        if (!Deploys(workflow) || IsExcluded(workflow)) return null;
        return VerbOf(workflow) + (NameWords.SaysProduction(text) ? 0 : NotProduction);
    }

    /// <summary>Which of deploying, releasing and publishing it speaks of.</summary>
    public static int VerbOf(WorkflowFacts workflow)
    {
        var text = $"{workflow.Name} {Path.GetFileName(workflow.Path)}";
        return Says("deploy") ? SourceRank.Workflow : Says("release") ? SourceRank.Workflow + 2 : Says("publish") ? SourceRank.Workflow + 4 : SourceRank.Workflow;

        bool Says(string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    // Each apart, so that ^ and $ mean the ends of a name or of a file. What is called production and nothing else deploys to it.
    private bool Deploys(WorkflowFacts workflow)
    {
        var file = Path.GetFileName(workflow.Path);
        return _deploys.Matches(workflow.Name) || _deploys.Matches(file)
            || (_isDefault && (PlainProduction().IsMatch(workflow.Name) || PlainProduction().IsMatch(file)));
    }

    [GeneratedRegex(@"^(prod|production|live)(\.ya?ml)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlainProduction();
}
