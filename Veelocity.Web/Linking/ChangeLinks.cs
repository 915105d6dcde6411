using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>A merged pull request and the first production deployment that contains it.</summary>
/// <param name="IsExact">The deployed commit is the one that was merged.</param>
/// <param name="IsBranchDeploy">It was deployed from its branch, before the merge (M17).</param>
internal sealed record ChangeLink(PullRequestFacts PullRequest, PlacedDeployment Placed, bool IsByTime, bool IsExact = false, bool IsBranchDeploy = false)
{
    /// <summary>Why it gives no lead time: what a member said (M35), else the first reason that applies of M16, M17, M29 and M30.</summary>
    public LeftOut? LeftOut =>
        PullRequest.Decided is null && Placed.Contents == DeploymentContents.Unknown && !IsExact ? Data.LeftOut.FirstKnownDeployment : PullRequest.LeftOut;
}

/// <summary>
/// Finds each merged pull request's first successful production deployment (M17): the first whose commit reaches a commit that the merge made (M15),
/// or the one of its head before the merge. Where the merge commit or the deployed one is unknown, or the default branch no longer reaches the
/// merge commit, the first that started after the merge, of the branch it was merged into. One merged into another branch goes wherever that
/// branch goes. A deployment that brings nothing new (the same commit again, a rollback, an ancestor of what was deployed) contains nothing.
/// </summary>
internal sealed class ChangeLinks
{
    private readonly CommitGraph _graph;
    private readonly string? _defaultBranch;
    private readonly HashSet<string> _branches;
    private readonly HashSet<int> _mergeCommits;
    private readonly RewrittenHistory _rewritten;
    private readonly Lazy<FollowedBranches> _followed;
    private readonly List<PlacedDeployment> _deployments;
    private readonly int[] _reachedBy;
    private readonly Dictionary<string, int> _bySha = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeploymentsByTime> _all = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeploymentsByTime> _ofUnknownCommits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeploymentsByTime> _ofThisHistory = new(StringComparer.Ordinal);

    public ChangeLinks(RepositoryFacts facts, IEnumerable<PlacedDeployment> history, CommitGraph graph)
    {
        _graph = graph;
        _defaultBranch = facts.DefaultBranch;
        _branches = facts.PullRequests.SelectMany(p => new[] { p.BaseBranch, p.HeadBranch }).ToHashSet(StringComparer.Ordinal);
        _mergeCommits = facts.PullRequests.Select(p => graph.NumberOf(p.MergeCommitSha)).ToHashSet();
        _rewritten = RewrittenHistory.Of(facts, graph);
        _followed = new(() => new(facts.PullRequests));
        _deployments = [.. history.Where(d => d.Deployment.IsProduction && d.IsNew)];
        var tips = _deployments.ConvertAll(d => graph.NumberOf(d.Deployment.Sha));
        _reachedBy = graph.FirstReachedBy(tips);
        for (var i = 0; i < tips.Count; i++)
        {
            if (_deployments[i].Deployment.Sha is { } sha) _bySha.TryAdd(sha, i);
            if (tips[i] != CommitGraph.Unknown && _reachedBy[tips[i]] != i) continue;
            if (DeployedBranch(_deployments[i].Deployment, tips[i]) is not { } branch) continue;
            Add(_all, branch, i);
            if (tips[i] == CommitGraph.Unknown) Add(_ofUnknownCommits, branch, i);
            if (tips[i] == CommitGraph.Unknown || !_rewritten.IsOld(tips[i])) Add(_ofThisHistory, branch, i);
        }
    }

    /// <param name="history">Of one service, in order (<see cref="DeploymentHistory"/>).</param>
    /// <param name="scope">Which pull requests are the service's; the others still tell whose a rebased commit is.</param>
    public static List<ChangeLink> Of(RepositoryFacts facts, IEnumerable<PlacedDeployment> history, CommitGraph graph, ServiceScope? scope = null) =>
        new ChangeLinks(facts, history, graph).Of(facts.PullRequests, scope);

    public List<ChangeLink> Of(IEnumerable<PullRequestFacts> pulls, ServiceScope? scope) =>
        [.. pulls.Where(p => p.MergedAt is not null && scope?.Holds(p) != false).Select(p => Find(p, [])).OfType<ChangeLink>()];

    /// <summary>The first production deployment that contains a commit; null when there is none or the commit is unknown.</summary>
    public PlacedDeployment? FirstWith(string sha) =>
        _graph.NumberOf(sha) is var commit and not CommitGraph.Unknown && _reachedBy[commit] is var at and not CommitGraph.Unknown ? _deployments[at] : null;

    private ChangeLink? Find(PullRequestFacts pull, HashSet<Guid> passed)
    {
        var merge = _graph.NumberOf(pull.MergeCommitSha);
        var byAncestry = merge == CommitGraph.Unknown ? CommitGraph.Unknown : FirstToContain(merge, pull.CommitCount);
        var candidates = merge == CommitGraph.Unknown ? _all : _rewritten.IsOld(merge) ? _ofThisHistory : _ofUnknownCommits;
        var byTime = candidates.GetValueOrDefault(pull.BaseBranch)?.FirstStartedSince(pull.MergedAt!.Value) ?? CommitGraph.Unknown;
        var byHead = BranchDeployOf(pull);

        var first = Earliest(Earliest(byAncestry, byTime), byHead);
        if (first == CommitGraph.Unknown) return Follow(pull, passed);
        var placed = _deployments[first];
        return new(
            pull, placed, IsByTime: first != byAncestry && first != byHead,
            IsExact: first == byHead || placed.Deployment.Sha is { } sha && sha == pull.MergeCommitSha, IsBranchDeploy: first == byHead);
    }

    private ChangeLink? Follow(PullRequestFacts pull, HashSet<Guid> passed)
    {
        if (!passed.Add(pull.Id)) return null;
        if (_followed.Value.Carrier(pull) is not { } carrier || Find(carrier.PullRequest, passed) is not { } link) return null;
        return new(pull, link.Placed, link.IsByTime || carrier.IsByTime, link.IsExact);
    }

    private int BranchDeployOf(PullRequestFacts pull) =>
        pull.HeadSha is { } head && head != pull.MergeCommitSha && _bySha.TryGetValue(head, out var at) && _deployments[at].Deployment.StartedAt <= pull.MergedAt
            ? at
            : CommitGraph.Unknown;

    private int FirstToContain(int mergeCommit, int commitCount)
    {
        var first = CommitGraph.Unknown;
        foreach (var commit in _graph.MadeByMerge(mergeCommit, commitCount, _mergeCommits.Contains)) first = Earliest(first, _reachedBy[commit]);
        return first;
    }

    private static int Earliest(int one, int other) =>
        one == CommitGraph.Unknown ? other : other == CommitGraph.Unknown ? one : Math.Min(one, other);

    // A ref may be a branch, a tag or a commit. What pull requests know as a branch is one; a known commit is on the default branch.
    private string? DeployedBranch(DerivedDeployment deployment, int commit)
    {
        const string prefix = "refs/heads/";
        if (commit != CommitGraph.Unknown || deployment.Ref is not { } name) return _defaultBranch;
        if (name.StartsWith(prefix, StringComparison.Ordinal)) name = name[prefix.Length..];
        return _branches.Contains(name) ? name : _defaultBranch;
    }

    private void Add(Dictionary<string, DeploymentsByTime> byBranch, string branch, int place)
    {
        if (!byBranch.TryGetValue(branch, out var deployments)) byBranch[branch] = deployments = new();
        deployments.Add(place, _deployments[place].Deployment.StartedAt);
    }
}
