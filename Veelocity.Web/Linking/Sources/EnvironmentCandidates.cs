using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// The environments of a repository as sources (M8, M13), and those that are one production together: regions, which get the same commits, and
/// one that was renamed, whose deployments end where the other's begin.
/// </summary>
internal static class EnvironmentCandidates
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromDays(30);

    public static IEnumerable<SourceCandidate> Of(RepositoryFacts facts, DateTimeOffset now)
    {
        var declared = facts.Environments.ToDictionary(e => e.Name, StringComparer.Ordinal);
        var production = new ProductionNames(facts.ProductionPattern);
        var candidates = new List<SourceCandidate>();
        foreach (var name in facts.EnvironmentDeployments.Select(d => d.Environment).Concat(declared.Keys).Distinct(StringComparer.Ordinal))
        {
            var environment = declared.GetValueOrDefault(name);
            if (environment?.IsDeclaredTransient == true) continue;
            var said = facts.EnvironmentUses.TryGetValue(name, out var use) ? use : (EnvironmentUse?)null;
            var isProduction = said is not null
                ? said == EnvironmentUse.Production
                : environment?.IsDeclaredProduction == true || production.Matches(name);
            var rank = !isProduction ? SourceRank.NeverByItself
                : name.Equals("production", StringComparison.OrdinalIgnoreCase) ? SourceRank.ProductionEnvironment : SourceRank.Environment;
            var source = new ServiceSource(DeploymentSource.Environment, name, null);
            if (Sighting.Of(EnvironmentSource.Derive(facts, source), now) is { } seen)
                candidates.Add(seen.As(source, rank, $"environment {name}: {seen.Text}", isProduction));
        }
        return Together(facts, candidates, now) is { } whole
            ? candidates.Select(c => whole.Key.Names.Contains(c.Name!) ? c with { Rank = c.Rank + 1 } : c).Prepend(whole)
            : candidates;
    }

    private static SourceCandidate? Together(RepositoryFacts facts, List<SourceCandidate> candidates, DateTimeOffset now)
    {
        var production = SourceCandidate.InOrder(candidates.Where(c => c.IsAutomatic)).ToList();
        if (production.Count < 2) return null;
        var lives = production.ConvertAll(c => Life.Of(facts, c.Key));
        var members = new List<int> { 0 };
        // Whatever belongs to one of them belongs to all.
        for (var grown = true; grown;)
        {
            var next = Enumerable.Range(0, lives.Count).FirstOrDefault(i => !members.Contains(i) && members.Exists(m => lives[m].IsOneWith(lives[i])), -1);
            grown = next >= 0;
            if (grown) members.Add(next);
        }
        if (members.Count == 1) return null;
        string[] names = [.. members.Skip(1).Select(i => production[i].Name!).Order(StringComparer.Ordinal)];
        var source = production[0].Key with { Also = names };
        var seen = Sighting.Of(EnvironmentSource.Derive(facts, source), now)!;
        return seen.As(
            source, members.Min(i => production[i].Rank), $"environments {string.Join(", ", names.Prepend(production[0].Name!))}: {seen.Text}", isAutomatic: true);
    }

    private sealed record Life(HashSet<string> Commits, DateTimeOffset From, DateTimeOffset To)
    {
        public static Life Of(RepositoryFacts facts, ServiceSource source)
        {
            var deployed = EnvironmentSource.Derive(facts, source).Where(d => d is { IsProduction: true, IsSuccess: true }).ToList();
            return new(deployed.Select(d => d.Sha!).ToHashSet(StringComparer.Ordinal), deployed.Min(d => d.FinishedAt), deployed.Max(d => d.FinishedAt));
        }

        public bool IsOneWith(Life other) => IsFollowedBy(other) || other.IsFollowedBy(this)
            || (Commits.Count > 1 && other.Commits.Count > 1 && 2 * Commits.Intersect(other.Commits).Count() >= Math.Min(Commits.Count, other.Commits.Count));

        private bool IsFollowedBy(Life other) => other.From > To && other.From - To <= MaxPause;
    }
}
