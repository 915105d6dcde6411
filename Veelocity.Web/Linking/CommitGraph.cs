namespace Veelocity.Web.Linking;

/// <summary>The stored commits with their parents, numbered, so that a walk costs no look-ups. Parents not stored are unknown, not an error.</summary>
internal sealed class CommitGraph
{
    public const int Unknown = -1;

    private readonly Dictionary<string, int> _numbers;
    private readonly int[][] _parents;
    private readonly int?[] _pullRequests;

    public CommitGraph(IReadOnlyList<CommitFacts> commits)
    {
        _numbers = new(commits.Count, StringComparer.Ordinal);
        foreach (var commit in commits) _numbers[commit.Sha] = _numbers.Count;
        _parents = [.. commits.Select(c => c.ParentShas.Select(NumberOf).Where(p => p != Unknown).ToArray())];
        _pullRequests = [.. commits.Select(c => c.PullRequestNumber)];
    }

    public int NumberOf(string? sha) => sha is not null && _numbers.TryGetValue(sha, out var number) ? number : Unknown;

    /// <summary>
    /// For each commit, the place in <paramref name="tips"/> of the first tip that reaches it, or <see cref="Unknown"/> (M15). A walk
    /// stops at what an earlier tip reached, so that all walks together visit each commit once.
    /// </summary>
    public int[] FirstReachedBy(IReadOnlyList<int> tips)
    {
        var reachedBy = new int[_parents.Length];
        Array.Fill(reachedBy, Unknown);
        var open = new Stack<int>();
        for (var tip = 0; tip < tips.Count; tip++)
        {
            Reach(tips[tip], tip);
            while (open.TryPop(out var commit))
                foreach (var parent in _parents[commit]) Reach(parent, tip);
        }
        return reachedBy;

        void Reach(int commit, int tip)
        {
            if (commit == Unknown || reachedBy[commit] != Unknown) return;
            reachedBy[commit] = tip;
            open.Push(commit);
        }
    }

    /// <summary>
    /// The commits on the base branch that a merge made (M17): one for a squash or merge commit; for a rebase the row of single-parent
    /// commits, each known to come from the same pull request.
    /// </summary>
    public IEnumerable<int> MadeByMerge(int mergeCommit, int pullRequestNumber)
    {
        var commit = mergeCommit;
        yield return commit;
        while (_parents[commit] is [var parent] && _pullRequests[commit] == pullRequestNumber && _pullRequests[parent] == pullRequestNumber)
            yield return commit = parent;
    }
}
