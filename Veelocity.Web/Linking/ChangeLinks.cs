using Veelocity.Web.Data;

namespace Veelocity.Web.Linking;

/// <summary>A merged pull request and the first production deployment that contains it.</summary>
internal sealed record ChangeLink(PullRequestFacts PullRequest, PlacedDeployment Placed, bool IsByTime)
{
    /// <summary>Why it gives no lead time: what a member said (M35), else the first reason that applies of M16, M29 and M30.</summary>
    public LeftOut? LeftOut => PullRequest.Decided switch
    {
        DecisionVerdict.Exclude => Data.LeftOut.ByPerson,
        DecisionVerdict.Include => null,
        _ => ByRule,
    };

    private LeftOut? ByRule =>
        Placed.Contents == DeploymentContents.Unknown && !IsTheDeployedCommit ? Data.LeftOut.FirstKnownDeployment
        : PullRequest.IsByBot ? Data.LeftOut.Bot
        : PullRequest.IsRevert ? Data.LeftOut.Revert
        : null;

    private bool IsTheDeployedCommit => PullRequest.MergeCommitSha is { } sha && sha == Placed.Deployment.Sha;
}

/// <summary>
/// Finds each merged pull request's first successful production deployment (M17): the first whose commit reaches a commit that the merge made (M15).
/// Where the merge commit or the deployed one is unknown, the first that started after the merge, of the branch it was merged into.
/// A deployment that brings nothing new (the same commit again, a rollback, an ancestor of what was deployed) contains nothing either way.
/// </summary>
internal sealed class ChangeLinks
{
    private readonly CommitGraph _graph;
    private readonly string? _defaultBranch;
    private readonly HashSet<string> _branches;
    private readonly HashSet<int> _mergeCommits;
    private readonly List<PlacedDeployment> _deployments;
    private readonly int[] _reachedBy;
    private readonly Dictionary<string, DeploymentsByTime> _all = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeploymentsByTime> _ofUnknownCommits = new(StringComparer.Ordinal);

    private ChangeLinks(RepositoryFacts facts, IEnumerable<PlacedDeployment> history, CommitGraph graph)
    {
        _graph = graph;
        _defaultBranch = facts.DefaultBranch;
        _branches = facts.PullRequests.SelectMany(p => new[] { p.BaseBranch, p.HeadBranch }).ToHashSet(StringComparer.Ordinal);
        _mergeCommits = facts.PullRequests.Select(p => graph.NumberOf(p.MergeCommitSha)).ToHashSet();
        _deployments = [.. history.Where(d => d.Deployment.IsProduction && d.IsNew)];
        var tips = _deployments.ConvertAll(d => graph.NumberOf(d.Deployment.Sha));
        _reachedBy = graph.FirstReachedBy(tips);
        for (var i = 0; i < tips.Count; i++)
        {
            if (tips[i] != CommitGraph.Unknown && _reachedBy[tips[i]] != i) continue;
            if (DeployedBranch(_deployments[i].Deployment, tips[i]) is not { } branch) continue;
            Add(_all, branch, i);
            if (tips[i] == CommitGraph.Unknown) Add(_ofUnknownCommits, branch, i);
        }
    }

    /// <param name="history">Of one service, in order (<see cref="DeploymentHistory"/>).</param>
    /// <param name="scope">Which pull requests are the service's; the others still tell whose a rebased commit is.</param>
    public static List<ChangeLink> Of(RepositoryFacts facts, IEnumerable<PlacedDeployment> history, CommitGraph graph, ServiceScope? scope = null)
    {
        var links = new ChangeLinks(facts, history, graph);
        return [.. facts.PullRequests.Where(p => p.MergedAt is not null && scope?.Holds(p) != false).Select(links.Find).OfType<ChangeLink>()];
    }

    private ChangeLink? Find(PullRequestFacts pull)
    {
        var merge = _graph.NumberOf(pull.MergeCommitSha);
        var byAncestry = merge == CommitGraph.Unknown ? CommitGraph.Unknown : FirstToContain(merge, pull.CommitCount);
        var candidates = (merge == CommitGraph.Unknown ? _all : _ofUnknownCommits).GetValueOrDefault(pull.BaseBranch);
        var byTime = candidates?.FirstStartedSince(pull.MergedAt!.Value) ?? CommitGraph.Unknown;

        var isByTime = byTime != CommitGraph.Unknown && (byAncestry == CommitGraph.Unknown || byTime < byAncestry);
        var first = isByTime ? byTime : byAncestry;
        return first == CommitGraph.Unknown ? null : new(pull, _deployments[first], isByTime);
    }

    private int FirstToContain(int mergeCommit, int commitCount)
    {
        var first = CommitGraph.Unknown;
        foreach (var commit in _graph.MadeByMerge(mergeCommit, commitCount, _mergeCommits.Contains))
            if (_reachedBy[commit] is var at and not CommitGraph.Unknown && (first == CommitGraph.Unknown || at < first)) first = at;
        return first;
    }

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

    /// <summary>Deployments in the order they finished, searchable by when they started, which may be another order.</summary>
    private sealed class DeploymentsByTime
    {
        private readonly List<int> _places = [];
        private readonly List<DateTimeOffset> _latestStarts = [];

        public void Add(int place, DateTimeOffset startedAt)
        {
            _places.Add(place);
            _latestStarts.Add(_latestStarts is [.., var latest] && latest > startedAt ? latest : startedAt);
        }

        // The first place where the latest start so far is late enough is the first deployment that itself started late enough.
        public int? FirstStartedSince(DateTimeOffset at)
        {
            int low = 0, high = _places.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_latestStarts[middle] < at) low = middle + 1;
                else high = middle;
            }
            return low < _places.Count ? _places[low] : null;
        }
    }
}
