using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Quality;

/// <summary>What keeps a service's numbers from being believed.</summary>
public enum QualityProblem
{
    /// <summary>Merges are taken for deployments.</summary>
    EstimatedSource,

    /// <summary>Nothing reached production in the period although something was merged.</summary>
    NoDeployments,

    /// <summary>Merged pull requests are tied to no deployment.</summary>
    UnlinkedChanges,

    /// <summary>The source does not tell which commit was deployed.</summary>
    UnknownCommits,

    /// <summary>What deployments contain is told by time, not by the history.</summary>
    ContentsByTime,

    /// <summary>Incidents are tied to no release.</summary>
    UnlinkedIncidents,

    /// <summary>Times contradict each other.</summary>
    SkewedClocks,

    /// <summary>Incidents name a commit or an address that matches no deployment before them (M22).</summary>
    UnlinkedReferences,

    /// <summary>Deployments by workflows that don't deploy were skipped.</summary>
    SkippedWorkflows,

    /// <summary>Manual runs name versions that no tag has; they don't count.</summary>
    UnknownVersions,

    /// <summary>Another source is more likely than the configured one.</summary>
    BetterSource,

    /// <summary>The source has stopped deploying while pull requests are still merged.</summary>
    SilentSource,

    /// <summary>Reverts that don't say what they revert, or name something unknown (M21).</summary>
    RevertWithoutTarget,
}

/// <summary>One problem of one service, with how bad it is.</summary>
/// <param name="Share">Of what the problem is about, between 0 and 1; null where a share says nothing.</param>
/// <param name="Subject">The workflow, version or source it is about; null when it is about the service as a whole.</param>
public sealed record QualityFinding(QualityProblem Problem, long Count, double? Share, string? Subject = null)
{
    /// <summary>Below this share of linked pull requests, incidents and known commits the data is poor.</summary>
    public const double LeastLinked = 0.8;

    /// <summary>Above this share of deployments by time the data is poor.</summary>
    public const double MostByTime = 0.2;

    /// <summary>Above this share of skewed lead times the data is poor.</summary>
    public const double MostSkewed = 0.05;

    /// <summary>From fewer no share is judged (M4).</summary>
    public const int FewestItems = Trend.FewestItems;

    /// <summary>All that is poor about a service; the worst first.</summary>
    public static IReadOnlyList<QualityFinding> Of(DataQuality.Measures service) => [.. Find(service)];

    private static QualityFinding Of(SourceFinding finding) => new(
        finding.Problem switch
        {
            SourceProblem.SkippedWorkflows => QualityProblem.SkippedWorkflows,
            SourceProblem.UnknownVersions => QualityProblem.UnknownVersions,
            SourceProblem.SilentSource => QualityProblem.SilentSource,
            _ => QualityProblem.BetterSource,
        },
        finding.Count, null, finding.Subject);

    private static IEnumerable<QualityFinding> Find(DataQuality.Measures s)
    {
        if (s.IsEstimated) yield return new(QualityProblem.EstimatedSource, s.Deployments, null);
        if (s.Deployments == 0 && s.Merged >= FewestItems) yield return new(QualityProblem.NoDeployments, s.Merged, null);
        else if (s.LinkedShare < LeastLinked && s.Merged - s.Waiting >= FewestItems) yield return new(QualityProblem.UnlinkedChanges, s.Unlinked, 1 - s.LinkedShare);
        if (s.KnownCommitsShare < LeastLinked && s.Deployments >= FewestItems && !s.IsEstimated)
            yield return new(QualityProblem.UnknownCommits, s.Deployments - s.KnownCommits, 1 - s.KnownCommitsShare);
        if (s.ByTimeShare > MostByTime && s.Deployments >= FewestItems) yield return new(QualityProblem.ContentsByTime, s.ByTime, s.ByTimeShare);
        if (s.LinkedIncidentsShare < LeastLinked && s.Incidents >= FewestItems)
            yield return new(QualityProblem.UnlinkedIncidents, s.Incidents - s.LinkedIncidents, 1 - s.LinkedIncidentsShare);
        if (s.UnlinkedCauses > 0) yield return new(QualityProblem.UnlinkedReferences, s.UnlinkedCauses, null);
        if (s.UnknownReverts > 0) yield return new(QualityProblem.RevertWithoutTarget, s.UnknownReverts, null);
        foreach (var finding in s.SourceFindings) yield return Of(finding);
        if (s.SkewedShare > MostSkewed && s.Changes >= FewestItems) yield return new(QualityProblem.SkewedClocks, s.Skewed, s.SkewedShare);
    }
}
