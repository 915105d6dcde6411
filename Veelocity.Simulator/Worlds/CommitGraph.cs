using System.Runtime.CompilerServices;

namespace Veelocity.Simulator.Worlds;

/// <summary>Walks history from a commit the way <c>git log</c> does: newest committer date first.</summary>
public static class CommitGraph
{
    private static readonly ConditionalWeakTable<Commit, IReadOnlyList<Commit>> Histories = [];

    /// <summary>All commits reachable from the head, itself included. History never changes under a head, so it is walked once.</summary>
    public static IReadOnlyList<Commit> History(Commit head) => Histories.GetValue(head, commit => [.. Walk(commit)]);

    /// <summary>The same, found one by one and not kept.</summary>
    public static IEnumerable<Commit> Walk(Commit head)
    {
        var seen = new HashSet<Commit> { head };
        var next = new PriorityQueue<Commit, (long, int)>();
        next.Enqueue(head, (0, 0));
        while (next.TryDequeue(out var commit, out _))
        {
            yield return commit;
            foreach (var parent in commit.Parents)
            {
                if (seen.Add(parent))
                    next.Enqueue(parent, (-parent.Committer.Date.UtcTicks, seen.Count));
            }
        }
    }
}
