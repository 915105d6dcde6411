using Veelocity.Web.Metrics.Explain;

namespace Veelocity.Web.Pages.Shared;

/// <summary>What each metric means, in the words that stand beside its value (M35).</summary>
internal static class Definitions
{
    public const string DeploymentFrequency =
        "How often something new reaches production: successful production deployments, divided by the days that have passed. "
        + "The same commit deployed again in a row counts once; failed deployments do not count.";

    public const string LeadTime =
        "From the first commit of a pull request to the end of the first production deployment that contains it. "
        + "The value is the median in calendar time: half of the changes took longer. Bots, reverts and changes still waiting are not in it.";

    public const string ChangeFailureRate =
        "The share of production deployments that led to an incident, a rollback or a revert. "
        + "Rollbacks themselves are not counted, and a run that failed before production is not a change failure. Releases of the last seven days can still fail.";

    public const string ReworkRate =
        "The share of production deployments that were unplanned repairs: a rollback, the end of an incident, the revert of something deployed, "
        + "or a pull request that calls itself a hotfix by title, branch or label.";

    public const string FailedDeploymentRecovery =
        "From the end of the release that brought an incident to the end of the incident, over the incidents that started in the period, are over, "
        + "and are tied to a release.";

    public const string Waiting =
        "Pull requests by people, merged into the default branch and not in production yet, as of now. They are not in the lead time, least of all as zero.";

    public const string Recovery =
        "How long an incident lasts, from its start to its end: the mean over incidents that started in the period. Open incidents are not in it.";

    public static string Of(ExplainedMetric metric) => metric switch
    {
        ExplainedMetric.DeploymentFrequency => DeploymentFrequency,
        ExplainedMetric.LeadTime => LeadTime,
        ExplainedMetric.ChangeFailureRate => ChangeFailureRate,
        ExplainedMetric.Recovery => Recovery,
        ExplainedMetric.FailedDeploymentRecovery => FailedDeploymentRecovery,
        ExplainedMetric.ReworkRate => ReworkRate,
        _ => Waiting,
    };
}
