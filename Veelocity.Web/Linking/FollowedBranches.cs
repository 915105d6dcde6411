namespace Veelocity.Web.Linking;

/// <summary>Follows a pull request that was merged into another branch to the pull request that carried that branch onward (M17).</summary>
internal sealed class FollowedBranches
{
    private readonly Dictionary<string, List<PullRequestFacts>> _byCommit = new(StringComparer.Ordinal);
    private readonly ILookup<string, PullRequestFacts> _byHead;

    public FollowedBranches(IEnumerable<PullRequestFacts> pulls)
    {
        var merged = pulls.Where(p => p.MergedAt is not null).OrderBy(p => p.MergedAt).ToList();
        _byHead = merged.Where(p => !p.IsFromFork).ToLookup(p => p.HeadBranch, StringComparer.Ordinal);
        foreach (var pull in merged)
            foreach (var sha in pull.CommitShas)
                if (_byCommit.TryGetValue(sha, out var pullsOfCommit)) pullsOfCommit.Add(pull);
                else _byCommit[sha] = [pull];
    }

    /// <summary>The first that holds its merge commit; else, by time, the next that its base branch was merged with.</summary>
    public (PullRequestFacts PullRequest, bool IsByTime)? Carrier(PullRequestFacts pull)
    {
        var holders = pull.MergeCommitSha is { } sha ? _byCommit.GetValueOrDefault(sha) ?? [] : [];
        if (holders.Find(other => IsLater(other, pull)) is { } holder) return (holder, false);
        return _byHead[pull.BaseBranch].FirstOrDefault(other => IsLater(other, pull)) is { } next ? (next, true) : null;
    }

    private static bool IsLater(PullRequestFacts other, PullRequestFacts pull) =>
        other.Id != pull.Id && other.BaseBranch != pull.BaseBranch && other.MergedAt >= pull.MergedAt;
}
