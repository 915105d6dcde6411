namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Follows workflow files that were renamed (M8): GitHub makes another workflow of them. One continues another when it deploys alike and its
/// runs begin soon after the other's ended, and no third could be meant.
/// </summary>
internal static class WorkflowRenames
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromDays(30);

    /// <summary>The facts with each renamed workflow under its newest path.</summary>
    public static RepositoryFacts Apply(RepositoryFacts facts)
    {
        var scope = new RunScope(facts, null);
        var naming = new WorkflowNames(facts.DeployPattern, facts.NotDeployPattern);
        var runs = facts.Runs.Where(r => r.Conclusion is not null && scope.Holds(r)).ToLookup(r => r.WorkflowId);
        var lives = facts.Workflows.GroupBy(w => w.Path).Select(same => Life.Of(same.First(), naming.RankOf(same.First()), same.SelectMany(w => runs[w.Id]))).OfType<Life>().ToList();
        var next = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var life in lives)
            if (Successor(life, lives) is { } successor && Predecessor(successor, lives) == life) next[life.Workflow.Path] = successor.Workflow.Path;
        if (next.Count == 0) return facts;
        var newest = next.Keys.ToDictionary(path => path, path => Newest(path, next), StringComparer.Ordinal);
        return facts with
        {
            RenamedPaths = newest,
            Workflows = [.. facts.Workflows.Select(w => newest.TryGetValue(w.Path, out var path) ? w with { Path = path } : w)],
        };
    }

    private static Life? Successor(Life life, List<Life> lives) => Only(life, lives.Where(other => Continues(other, life)));

    private static Life? Predecessor(Life life, List<Life> lives) => Only(life, lives.Where(other => Continues(life, other)));

    // Of several, the one with the same name is meant.
    private static Life? Only(Life life, IEnumerable<Life> candidates)
    {
        var all = candidates.ToList();
        if (all.Count > 1) all = all.FindAll(other => HasSameName(other, life));
        return all.Count == 1 ? all[0] : null;
    }

    private static bool Continues(Life later, Life earlier) =>
        later.To > earlier.To && later.FirstAfter(earlier.To) - earlier.To <= MaxPause && !later.RanWithin(earlier)
        && ((HasSameName(later, earlier) && (later.From > earlier.To || earlier.Starts.Count > 1)) || (later.From > earlier.To && later.Deploys && earlier.Deploys
            && WorkflowNames.VerbOf(later.Workflow) == WorkflowNames.VerbOf(earlier.Workflow)));

    private static bool HasSameName(Life one, Life other) => one.Workflow.Name.Equals(other.Workflow.Name, StringComparison.OrdinalIgnoreCase);

    private static string Newest(string path, Dictionary<string, string> next)
    {
        while (next.TryGetValue(path, out var later)) path = later;
        return path;
    }

    // A file may be renamed back: then its own runs begin before and end after those under the other name, with none among them.
    private sealed record Life(WorkflowFacts Workflow, bool Deploys, IReadOnlyList<DateTimeOffset> Starts)
    {
        public DateTimeOffset From => Starts[0];
        public DateTimeOffset To => Starts[^1];

        public static Life? Of(WorkflowFacts workflow, int? rank, IEnumerable<RunFacts> runs)
        {
            List<DateTimeOffset> starts = [.. runs.Select(r => r.StartedAt).Order()];
            return starts.Count == 0 ? null : new(workflow, rank is not null, starts);
        }

        public DateTimeOffset FirstAfter(DateTimeOffset time) => Starts.First(start => start > time);

        public bool RanWithin(Life other) => Starts.Any(start => start >= other.From && start <= other.To);
    }
}
