using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Where a service's deployments could be read from, with the evidence, and which of two is better.</summary>
/// <param name="Age">How recently it deployed; compared first.</param>
/// <param name="Rank">How plainly it speaks of production; compared second (<see cref="SourceRank"/>). Counts only decide between equals.</param>
/// <param name="Count">Successes in the time that its age stands for.</param>
/// <param name="Failed">Failures in the last 90 days.</param>
/// <param name="LastAt">Its last success.</param>
/// <param name="IsAutomatic">Whether detection may take it; the others are there for a person to choose.</param>
internal sealed record SourceCandidate(
    ServiceSource Key,
    SourceAge Age,
    int Rank,
    int Count,
    int Failed,
    DateTimeOffset? LastAt,
    string Evidence,
    bool IsAutomatic)
{
    public DeploymentSource Source => Key.Source;
    public string? Name => Key.Name;
    public string? Branch => Key.Branch;

    /// <summary>Successes in the last 90 days.</summary>
    public int Succeeded => Age is SourceAge.Last90Days or SourceAge.MergesInLast90Days ? Count : 0;

    public bool IsBetterThan(SourceCandidate other) => (Age, Rank).CompareTo((other.Age, other.Rank)) < 0;

    /// <summary>Whether a service that is read from there is read from this, perhaps with another job, branch or region.</summary>
    public bool Continues(ServiceSource current) => Source == current.Source && Key.RepositoryId == current.RepositoryId
        && (Name == current.Name || (Source == DeploymentSource.Environment && current.Name is not null && Key.Names.Contains(current.Name)));

    /// <summary>Whether it is the same but for the order of its environments, which follows how busy they are.</summary>
    public bool IsSameAs(ServiceSource current) => Key with { Name = null, Also = [] } == current with { Name = null, Also = [] }
        && Key.Names.ToHashSet(StringComparer.Ordinal).SetEquals(current.Names);

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
