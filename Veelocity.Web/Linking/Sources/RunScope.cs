using System.Text.RegularExpressions;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Which runs of a workflow count by where they ran (M8): on the default branch and on tags, or on the branches that a member chose. Runs for
/// pull requests and merge queues deploy previews or nothing.
/// </summary>
internal sealed partial class RunScope(RepositoryFacts facts, string? branches)
{
    private readonly NameGlobs? _branches = NameGlobs.Of(branches);
    private readonly HashSet<string> _tags =
        [.. facts.Tags.Select(t => t.Name), .. facts.Releases.Where(r => !r.IsDraft).Select(r => r.Tag)];
    private readonly HashSet<string> _known = [.. facts.PullRequests.SelectMany(p => new[] { p.BaseBranch, p.HeadBranch })];

    public bool Holds(RunFacts run)
    {
        if (_branches is null) return !IsForPullRequest(run) && (run.HeadBranch == facts.DefaultBranch || IsOnTag(run));
        if (run.HeadBranch is not { } branch || run.Event == "merge_group") return false;
        return _branches.Matches(branch) && (branches != NameGlobs.Anything || !IsForPullRequest(run));
    }

    public bool IsOnTag(RunFacts run) => run.Event == "release"
        || (run.HeadBranch is { } name && (_tags.Contains(name) || (VersionTag().IsMatch(name) && !_known.Contains(name))));

    public static bool IsForPullRequest(RunFacts run) => run.Event is "pull_request" or "pull_request_target" or "merge_group"
        || run.HeadBranch?.StartsWith("gh-readonly-queue/", StringComparison.Ordinal) == true;

    // Of a tag that was deleted since only its name is left.
    [GeneratedRegex(@"^v?\d+\.\d", RegexOptions.CultureInvariant)]
    private static partial Regex VersionTag();
}
