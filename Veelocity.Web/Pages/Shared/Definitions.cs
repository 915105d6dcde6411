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

    public const string Team =
        "A team's releases, lead times, failures and incidents are those of the services it owns; its reviews and its open work are those of its people. "
        + "What several teams own counts for each of them.";

    public const string BuildSuccessRate =
        "The share of completed mobile builds that succeeded. A run is a success when any of its attempts is; at the first try stands beside it. "
        + "Cancelled and skipped runs are in neither. A run that builds for both platforms counts for each.";

    public const string BuildDuration =
        "How long a mobile build takes: from the start of its first job to the end of its last, the mean over the attempts that succeeded. "
        + "Waiting for a runner is not in it.";

    public const string BuildFrequency =
        "How many mobile builds were run, whatever came of them. A run repeated counts once, one that builds for both platforms for each, and a skipped one not at all.";

    public const string FirstReview =
        "From ready for review to the first review by a person who is not the author, before the merge. The value is the median: half of the pull requests waited "
        + "longer. Merged without a review, never ready, and closed without a merge have no time here; bots are not in it.";

    public const string MergeTime =
        "From ready for review to the merge, over the pull requests merged in the period. The value is the median.";

    public const string WithoutReview =
        "The share of merged pull requests that nobody but the author had reviewed before the merge.";

    public const string CycleTime =
        "From the creation of an issue to the merge of the last pull request that is tied to it. An issue counts once, by that merge; canceled ones are not in it. "
        + "The value is the median.";

    public const string WorkTime =
        "From the first start of an issue to its last completion. An issue that went from to-do straight to done has none. The value is the median.";

    public const string LinkedShare =
        "The share of merged pull requests that are tied to an issue: by the branch’s name, the title, the description, the issue tracker, or a member.";

    public const string MergedPulls = "Pull requests by people, merged in the period; reverts are in it.";

    public const string CompletedIssues = "Issues completed in the period, by their last completion; canceled ones are not in it.";

    public const string AbandonRate = "The share of closed pull requests that were closed without a merge.";

    public const string Reverts = "Merged pull requests that take something back.";

    public static string Of(ExplainedMetric metric) => metric switch
    {
        ExplainedMetric.DeploymentFrequency => DeploymentFrequency,
        ExplainedMetric.LeadTime => LeadTime,
        ExplainedMetric.ChangeFailureRate => ChangeFailureRate,
        ExplainedMetric.Recovery => Recovery,
        ExplainedMetric.FailedDeploymentRecovery => FailedDeploymentRecovery,
        ExplainedMetric.ReworkRate => ReworkRate,
        ExplainedMetric.BuildSuccessRate => BuildSuccessRate,
        ExplainedMetric.BuildDuration => BuildDuration,
        ExplainedMetric.BuildFrequency => BuildFrequency,

        ExplainedMetric.FirstReview => FirstReview,
        ExplainedMetric.MergeTime => MergeTime,
        ExplainedMetric.WithoutReview => WithoutReview,
        ExplainedMetric.CycleTime => CycleTime,
        ExplainedMetric.WorkTime => WorkTime,
        ExplainedMetric.LinkedShare => LinkedShare,
        ExplainedMetric.MergedPulls => MergedPulls,
        ExplainedMetric.CompletedIssues => CompletedIssues,
        ExplainedMetric.AbandonRate => AbandonRate,
        ExplainedMetric.Reverts => Reverts,
        _ => Waiting,
    };
}
