using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Where a service's deployments could be read from, with what speaks for it, and which of the two is better.</summary>
/// <param name="Age">How recently it deployed; the first thing compared.</param>
/// <param name="Rank">How plainly it speaks of production; the second. Counts only decide between equals.</param>
/// <param name="Count">Successes in the time that its age stands for.</param>
/// <param name="Failed">Failures in the last 90 days.</param>
/// <param name="LastAt">Its last success.</param>
/// <param name="IsAutomatic">Whether detection may take it; the others are there for a person to choose.</param>
internal sealed record SourceCandidate(
    DeploymentSource Source,
    string? Name,
    string? Branch,
    SourceAge Age,
    int Rank,
    int Count,
    int Failed,
    DateTimeOffset? LastAt,
    string Evidence,
    bool IsAutomatic)
{
    public ServiceSource Key => new(Source, Name, Branch);

    /// <summary>Successes in the last 90 days.</summary>
    public int Succeeded => Age is SourceAge.Last90Days or SourceAge.MergesInLast90Days ? Count : 0;

    public bool IsBetterThan(SourceCandidate other) => (Age, Rank).CompareTo((other.Age, other.Rank)) < 0;

    /// <summary>Best first.</summary>
    public static IOrderedEnumerable<SourceCandidate> InOrder(IEnumerable<SourceCandidate> candidates) =>
        candidates.OrderBy(c => c.Age).ThenBy(c => c.Rank).ThenByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal);
}

/// <summary>How recently a source deployed, best first. A merge is only an estimate, so it yields to a true source seen within a year.</summary>
internal enum SourceAge
{
    Last90Days,
    LastYear,
    MergesInLast90Days,
    Earlier,
    EarlierMerges,
    Never,
}
