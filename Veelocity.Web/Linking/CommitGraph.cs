namespace Veelocity.Web.Linking;

/// <summary>The stored commits with their parents, numbered, so that a walk costs no look-ups. Parents not stored are unknown, not an error.</summary>
internal sealed class CommitGraph
{
    public const int Unknown = -1;

    private static readonly TimeSpan RebaseMoment = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, int> _numbers;
    private readonly string[] _shas;
    private readonly int[][] _parents;
    private readonly DateTimeOffset[] _committedAt;

    public CommitGraph(IReadOnlyList<CommitFacts> commits)
    {
        _numbers = new(commits.Count, StringComparer.Ordinal);
        foreach (var commit in commits) _numbers[commit.Sha] = _numbers.Count;
        _shas = [.. commits.Select(c => c.Sha)];
        _parents = [.. commits.Select(c => c.ParentShas.Select(NumberOf).Where(p => p != Unknown).ToArray())];
        _committedAt = [.. commits.Select(c => c.CommittedAt)];
    }

    public int NumberOf(string? sha) => sha is not null && _numbers.TryGetValue(sha, out var number) ? number : Unknown;

    public string ShaOf(int commit) => _shas[commit];

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

    /// <summary>Whether one commit is reached from another, itself included; false where either is unknown.</summary>
    public bool Descends(int commit, int from)
    {
        if (commit == Unknown || from == Unknown) return false;
        var passed = new HashSet<int> { commit };
        var open = new Stack<int>(passed);
        while (open.TryPop(out var next))
        {
            if (next == from) return true;
            foreach (var parent in _parents[next])
                if (passed.Add(parent)) open.Push(parent);
        }
        return false;
    }

    /// <summary>
    /// The commits on the base branch that a merge made (M17): one for a squash or merge commit; for a rebase a row of single-parent
    /// commits, as many as the pull request has, all committed at the moment of the merge.
    /// </summary>
    /// <param name="isMadeByAnother">Whether a commit is the merge commit of another pull request.</param>
    public IEnumerable<int> MadeByMerge(int mergeCommit, int commitCount, Func<int, bool> isMadeByAnother)
    {
        var commit = mergeCommit;
        yield return commit;
        for (var made = 1; made < commitCount && _parents[commit] is [var parent]; made++)
        {
            if (_parents[parent].Length > 1 || isMadeByAnother(parent)) yield break;
            if ((_committedAt[mergeCommit] - _committedAt[parent]).Duration() > RebaseMoment) yield break;
            yield return commit = parent;
        }
    }
}
