using Veelocity.Web.Data;

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
public sealed record Question(
    ExplainedMetric Metric, Figure Figure, Period Period, Filter Filter, IncidentSeverity? Severity = null,
    double? AtLeastSeconds = null, double? BelowSeconds = null)
{
    /// <summary>Whether it asks for a slice of the histogram rather than for a value.</summary>
    public bool IsSlice => AtLeastSeconds is not null || BelowSeconds is not null;
}
