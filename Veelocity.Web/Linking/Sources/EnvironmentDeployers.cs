using System.Text.RegularExpressions;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Tells workflows that deploy to an environment from those that name it only for its secrets (M8). A member can say which workflows count.
/// Otherwise scheduled workflows and those that don't deploy are skipped, as long as something else deploys there.
/// </summary>
internal sealed partial class EnvironmentDeployers
{
    private readonly NameGlobs? _chosen;
    private readonly HashSet<Guid> _skipped = [];
    private readonly List<EnvironmentDeploymentFacts> _deployments;

    private EnvironmentDeployers(RepositoryFacts facts, ServiceSource source)
    {
        _chosen = NameGlobs.Of(source.Workflow);
        var names = source.Names.ToHashSet(StringComparer.Ordinal);
        _deployments = [.. facts.EnvironmentDeployments.Where(d => names.Contains(d.Environment))];
        if (_chosen is not null) return;
        var used = _deployments.Where(d => d.Workflow is not null).GroupBy(d => d.Workflow!.Id)
            .Select(g => (Workflow: g.First().Workflow!, IsScheduled: g.All(d => d.IsScheduled))).ToList();
        var naming = new WorkflowNames(facts.DeployPattern, facts.NotDeployPattern);
        var jobs = new JobNames(facts.DeployPattern, facts.NotDeployPattern);
        var deploying = used.Where(u => !u.IsScheduled && Deploys(u.Workflow)).Select(u => u.Workflow.Id).ToHashSet();
        var isDeployedBesides = _deployments.Exists(d => d.Workflow is null) || used.Exists(u => !u.IsScheduled);
        foreach (var (workflow, isScheduled) in used)
            if (deploying.Count > 0 ? !deploying.Contains(workflow.Id) : isScheduled && isDeployedBesides) _skipped.Add(workflow.Id);

        bool Deploys(WorkflowFacts workflow) => naming.MayDeploy(workflow) || workflow.FileJobs.Any(jobs.MayDeploy)
            || (!naming.IsExcluded(workflow) && (SaysMove(workflow.Name) || SaysMove(Path.GetFileName(workflow.Path))));
    }

    public static EnvironmentDeployers Of(RepositoryFacts facts, ServiceSource source) => new(facts, source);

    /// <summary>How many deployments of which workflows were skipped, and when the last was.</summary>
    public IEnumerable<(string Workflow, int Count, DateTimeOffset LastAt)> Skipped =>
        _deployments.Where(d => !Counts(d)).GroupBy(d => d.Workflow?.Name ?? "unknown").Select(g => (g.Key, g.Count(), g.Max(d => d.CreatedAt)));

    public bool Counts(EnvironmentDeploymentFacts deployment) => _chosen is null
        ? deployment.Workflow is not { } workflow || !_skipped.Contains(workflow.Id)
        : _chosen.Matches(NameGlobs.Anything) || (deployment.Workflow is { } made && IsChosen(made));

    private bool IsChosen(WorkflowFacts workflow) =>
        _chosen!.Matches(workflow.Name) || _chosen.Matches(workflow.Path) || _chosen.Matches(Path.GetFileName(workflow.Path));

    // Too vague for a source of its own, but beside a workflow that deploys there it does, too.
    private static bool SaysMove(string name) => Move().IsMatch(NameWords.Words(name));

    [GeneratedRegex(
        @"(?<![a-z])(roll[-_ ]?(back|forward|out)|promot(e|ion)|ship|cd)(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Move();
}
