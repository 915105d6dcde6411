using System.Collections.Concurrent;

namespace Veelocity.Simulator.Worlds;

/// <summary>Walks history from a commit the way <c>git log</c> does: newest committer date first.</summary>
public static class CommitGraph
{
    private const int KeptHistories = 64;
    private static readonly ConcurrentDictionary<Commit, IReadOnlyList<Commit>> Histories = new();

    /// <summary>All commits reachable from the head, itself included. History never changes under a head, so the last few are kept.</summary>
    public static IReadOnlyList<Commit> History(Commit head)
    {
        if (Histories.Count > KeptHistories)
            Histories.Clear();
        return Histories.GetOrAdd(head, Walk);
    }

    private static List<Commit> Walk(Commit head)
    {
        var found = new List<Commit>();
        var seen = new HashSet<Commit> { head };
        var next = new PriorityQueue<Commit, (long, int)>();
        next.Enqueue(head, (0, 0));
        while (next.TryDequeue(out var commit, out _))
        {
            found.Add(commit);
            foreach (var parent in commit.Parents)
            {
                if (seen.Add(parent))
                    next.Enqueue(parent, (-parent.Committer.Date.UtcTicks, seen.Count));
            }
        }

        return found;
    }
}
