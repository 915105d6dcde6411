using System.Text.RegularExpressions;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>
/// Finds the pull requests that only carry an integration branch onward (M17): back from the default branch; from a branch with a usual name
/// or that is merged again and again, into which other pull requests are merged; with no commit that another one did not bring; or from a release branch that has such commits.
/// </summary>
internal sealed partial class Promotions
{
    private readonly string? _defaultBranch;
    private readonly HashSet<string> _bases;
    private readonly HashSet<(string Head, string Base)> _repeated;
    private readonly Dictionary<string, List<PullRequestFacts>> _byCommit = new(StringComparer.Ordinal);

    private Promotions(RepositoryFacts facts)
    {
        _defaultBranch = facts.DefaultBranch;
        var merged = facts.PullRequests.Where(p => p.MergedAt is not null).ToList();
        _bases = merged.Select(p => p.BaseBranch).ToHashSet(StringComparer.Ordinal);
        _repeated = merged.Where(p => !p.IsFromFork).GroupBy(p => (p.HeadBranch, p.BaseBranch)).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        foreach (var pull in merged.Where(p => p.BaseBranch != _defaultBranch))
            foreach (var sha in pull.CommitShas.Append(pull.MergeCommitSha).OfType<string>())
                if (_byCommit.TryGetValue(sha, out var pulls)) pulls.Add(pull);
                else _byCommit[sha] = [pull];
    }

    public static HashSet<Guid> Of(RepositoryFacts facts)
    {
        var promotions = new Promotions(facts);
        return [.. facts.PullRequests.Where(promotions.Holds).Select(p => p.Id)];
    }

    private bool Holds(PullRequestFacts pull)
    {
        if (pull.MergedAt is null || pull.IsFromFork || pull.HeadBranch == pull.BaseBranch) return false;
        if (pull.HeadBranch == _defaultBranch) return true;
        if (_bases.Contains(pull.HeadBranch) && (UsualName().IsMatch(pull.HeadBranch) || _repeated.Contains((pull.HeadBranch, pull.BaseBranch)))) return true;
        if (pull.CommitShas.Count == 0) return false;
        // A release branch brings its version bump besides what it promotes.
        return ReleaseName().IsMatch(pull.HeadBranch) ? pull.CommitShas.Any(sha => IsOfAnother(sha, pull)) : pull.CommitShas.All(sha => IsOfAnother(sha, pull));
    }

    // One branch merged into two others is the same work twice, not a promotion.
    private bool IsOfAnother(string sha, PullRequestFacts pull) =>
        _byCommit.TryGetValue(sha, out var others)
        && others.Exists(o => o.Id != pull.Id && o.BaseBranch != pull.BaseBranch && o.HeadBranch != pull.HeadBranch && o.MergedAt <= pull.MergedAt);

    [GeneratedRegex(
        @"^(?:dev|develop|development|next|integration|staging|stage|qa|uat|test|testing|pre-?prod(?:uction)?|canary|nightly|edge|beta|rc)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UsualName();

    [GeneratedRegex(@"^(?:releases?|rel|rc)[-/]v?\d", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReleaseName();
}
