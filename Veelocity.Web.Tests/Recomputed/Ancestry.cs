using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>Which commit reaches which, by asking the parents.</summary>
internal sealed class Ancestry(IEnumerable<Commit> commits)
{
    private readonly Dictionary<string, Commit> known = commits.ToDictionary(commit => commit.Sha, StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> reached = new(StringComparer.Ordinal);

    public bool Knows(string? sha) => sha is not null && known.ContainsKey(sha);

    public Commit? Find(string? sha) => sha is null ? null : known.GetValueOrDefault(sha);

    /// <summary>Itself included.</summary>
    public bool Reaches(string from, string to) => ReachedFrom(from).Contains(to);

    private HashSet<string> ReachedFrom(string sha)
    {
        if (reached.TryGetValue(sha, out var all)) return all;
        var open = new Queue<string>([sha]);
        all = [];
        while (open.TryDequeue(out var next))
        {
            if (!known.TryGetValue(next, out var commit) || !all.Add(next)) continue;
            foreach (var parent in commit.ParentShas) open.Enqueue(parent);
        }
        return reached[sha] = all;
    }
}
