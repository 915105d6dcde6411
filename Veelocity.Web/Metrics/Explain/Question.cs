using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Development;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>What can be asked why it is what it is (M35).</summary>
public enum ExplainedMetric
{
    DeploymentFrequency,
    LeadTime,
    ChangeFailureRate,
    Recovery,
    FailedDeploymentRecovery,
    ReworkRate,
    Waiting,
    BuildSuccessRate,
    BuildDuration,
    BuildFrequency,
    FirstReview,
    MergeTime,
    WithoutReview,
    CycleTime,

    /// <summary>Of issues, started to completed.</summary>
    WorkTime,
    LinkedShare,
    MergedPulls,
    CompletedIssues,
    AbandonRate,
    Reverts,
}

/// <summary>Which value of a metric.</summary>
public enum Figure
{
    /// <summary>The one on the card.</summary>
    Headline,
    Mean,
    Median,
    P75,
    P90,
    P95,
    Coding,
    Pickup,
    Review,
    Merge,
    Deploy,
    Detect,
    Fix,
}

/// <summary>One value: of a metric, in a period or one bucket of it, of everything or a part.</summary>
/// <param name="AtLeastSeconds">Only lead times from here, for a slice of the histogram.</param>
/// <param name="BelowSeconds">Only lead times below.</param>
/// <param name="Authors">Of development metrics, whose pull requests.</param>
/// <param name="PersonId">Of development metrics, only this person's work.</param>
public sealed record Question(
    ExplainedMetric Metric, Figure Figure, Period Period, Filter Filter, IncidentSeverity? Severity = null,
    double? AtLeastSeconds = null, double? BelowSeconds = null, Cohort Authors = Cohort.People, Guid? PersonId = null)
{
    /// <summary>Only builds for this; null for both platforms.</summary>
    public BuildPlatform? Platform { get; init; }

    /// <summary>Whose work a development metric is asked about.</summary>
    public WorkScope Scope => new(Filter, Authors, PersonId);


    /// <summary>Whether it asks for a slice of the histogram rather than for a value.</summary>
    public bool IsSlice => AtLeastSeconds is not null || BelowSeconds is not null;
}
