namespace Veelocity.Web.Linking;

/// <summary>
/// The stored commits that a force push left behind (M15): merged into the default branch once, which no longer reaches them, with all that
/// leads to them. Ancestry says nothing about whether the present history contains their changes.
/// </summary>
internal sealed class RewrittenHistory
{
    private readonly HashSet<int> _old;

    private RewrittenHistory(HashSet<int> old) => _old = old;

    public static RewrittenHistory Of(RepositoryFacts facts, CommitGraph graph)
    {
        var head = graph.NumberOf(facts.HeadSha);
        if (head == CommitGraph.Unknown) return new([]);
        var reached = graph.FirstReachedBy([head]);
        var lost = facts.PullRequests.Where(p => p.MergedAt is not null && p.BaseBranch == facts.DefaultBranch)
            .Select(p => graph.NumberOf(p.MergeCommitSha)).Where(merge => merge != CommitGraph.Unknown && reached[merge] == CommitGraph.Unknown).ToList();
        if (lost.Count == 0) return new([]);
        var before = graph.FirstReachedBy(lost);
        return new([.. Enumerable.Range(0, before.Length).Where(commit => before[commit] != CommitGraph.Unknown)]);
    }

    /// <summary>Whether ancestry places a commit before or on the abandoned history.</summary>
    public bool IsOld(int commit) => _old.Contains(commit);
}
