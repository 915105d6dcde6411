using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Detects the one source of a service's deployments (M8): an environment that is production (M13), else a workflow that deploys, releases or
/// publishes, else releases, else tags, else merged pull requests; by what it deployed in the last 90 days, else within a year, else ever. What was
/// detected before stays unless another is better by kind or by age, so that no quiet week and no change of counts moves it.
/// </summary>
internal static class SourceDetection
{
    /// <summary>The better source to take instead of the current one; null to keep that. With no current one, the best there is.</summary>
    public static SourceCandidate? Detect(RepositoryFacts facts, (DeploymentSource Source, string? Name, string? Branch)? current, DateTimeOffset now) =>
        Detect([.. SourceCandidates.Of(facts, ServiceScope.Of(facts, []), now)], current is { } key ? new(key.Source, key.Name, key.Branch) : null, [], null);

    /// <param name="taken">What the repository's other services are read from: the same deployment is not counted twice.</param>
    /// <param name="service">Its name, where several share the repository: the source that mentions it is preferred.</param>
    public static SourceCandidate? Detect(
        IReadOnlyList<SourceCandidate> candidates, ServiceSource? current, IReadOnlyCollection<ServiceSource> taken, string? service)
    {
        var free = candidates.Where(c => !taken.Any(c.Key.Overlaps)).ToList();
        var automatic = free.Where(c => c.IsAutomatic).ToList();
        var best = SourceCandidate.InOrder(service is null ? automatic : Preferred(free, automatic, service)).First();
        if (current is null) return best;
        var held = SourceCandidate.InOrder(free.Where(c => c.Continues(current))).FirstOrDefault();
        if (held is null || best.IsBetterThan(held)) return best;
        return held.Key == current || held.IsSameAs(current) ? null : held;
    }

    /// <summary>Whether a source names the service.</summary>
    public static bool Names(IEnumerable<SourceCandidate> candidates, string service) => candidates.Any(c => IsNamed(c, service));

    // In a split repository a source that names the service goes before all others, and one that names nobody is everybody's.
    private static List<SourceCandidate> Preferred(List<SourceCandidate> free, List<SourceCandidate> automatic, string service)
    {
        var named = free.Where(c => IsNamed(c, service)).ToList();
        return named.Count > 0 ? named : automatic;
    }

    private static bool IsNamed(SourceCandidate candidate, string service) =>
        candidate.Age <= SourceAge.LastYear && candidate.Name is not null
        && candidate.Key.Names.All(name => name.Contains(service, StringComparison.OrdinalIgnoreCase))
        && (candidate.IsAutomatic || candidate.Source is DeploymentSource.Releases or DeploymentSource.Tags);
}
