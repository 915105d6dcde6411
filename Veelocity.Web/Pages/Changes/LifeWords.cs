using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Changes;

/// <summary>The life of a change in words.</summary>
internal static class LifeWords
{
    /// <summary>Where it is, in one sentence.</summary>
    public static string Headline(ChangeLife.Life life)
    {
        if (life.Present is { } present) return $"{StageWords.Waits(present.Stage)} for {Durations.Short(present.Seconds)}";
        if (life.Releases.FirstOrDefault(release => release.IsFirst) is { } first)
            return life.Longest is { } longest
                ? $"In production after {Durations.Short(first.LeadSeconds)}, most of it {StageWords.Lower(longest)}"
                : $"In production after {Durations.Short(first.LeadSeconds)}";
        return life.Standing switch
        {
            ChangeStanding.Closed => "Closed without a merge",
            ChangeStanding.NotDeployed => "Merged, and in no production deployment",
            _ => "On its way",
        };
    }

    /// <summary>Whether it is in the lead time, and if not, why.</summary>
    public static (string Verdict, string? Why) Counts(ChangeLife.Life life) => life switch
    {
        { Standing: ChangeStanding.Counted } => ("In the lead time", null),
        { LeftOut: { } reason } => ($"Left out of the lead time: {Reasons.Of(reason)}", Reasons.Why(reason)),
        { Standing: ChangeStanding.Waiting } => ("Not in the lead time yet", "It will be once it is in production; until then it is shown as waiting."),
        { Standing: ChangeStanding.Open } => ("Not in the lead time yet", "It is not merged."),
        { Standing: ChangeStanding.Closed } => ("In no time", "It was closed without a merge."),
        { Change.IsBot: true } => ($"Not in the lead time: {Reasons.Of(LeftOut.Bot)}", Reasons.Why(LeftOut.Bot)),
        { Change.IsRevert: true } => ($"Not in the lead time: {Reasons.Of(LeftOut.Revert)}", Reasons.Why(LeftOut.Revert)),
        _ => ("Not in the lead time", "No service covers what it changed, or nobody counts it as waiting."),
    };

    public static (string Icon, string Tone, string Words) Of(LifeStepKind kind) => kind switch
    {
        LifeStepKind.IssueCreated => ("list-details", "muted", "Planned as"),
        LifeStepKind.IssueMoved => ("list-details", "muted", "Moved"),
        LifeStepKind.IssueCompleted => ("list-check", "good", "Moved"),
        LifeStepKind.FirstCommit => ("git-commit", "muted", "First commit"),
        LifeStepKind.Opened => ("git-pull-request", "muted", "Opened"),
        LifeStepKind.MadeDraft => ("git-pull-request-draft", "muted", "Made a draft again"),
        LifeStepKind.ReadyForReview => ("eye", "muted", "Ready for review"),
        LifeStepKind.Commented => ("info-circle", "muted", "Review with comments"),
        LifeStepKind.ChangesRequested => ("pencil", "caution", "Changes requested"),
        LifeStepKind.Approved => ("check", "good", "Approved"),
        LifeStepKind.ReviewDismissed => ("x", "muted", "Review, dismissed later"),
        LifeStepKind.Merged => ("git-merge", "good", "Merged"),
        LifeStepKind.Closed => ("git-pull-request-closed", "muted", "Closed"),
        LifeStepKind.DeploymentFailed => ("circle-x", "bad", "A deployment failed:"),
        LifeStepKind.Deployed => ("rocket", "good", "In production with"),
        LifeStepKind.IncidentStarted => ("alert-triangle", "bad", "Incident:"),
        LifeStepKind.Reverted => ("history", "caution", "Taken back by"),
        LifeStepKind.RolledBack => ("history", "caution", "Rolled back with"),
        LifeStepKind.Fixed => ("tool", "good", "Fixed with"),
        _ => ("circle-check", "good", "Incident over:"),
    };

    /// <summary>Where under the organization's address the step's subject has its page; null when it has none.</summary>
    public static string? Place(LifeStepKind kind) => kind switch
    {
        LifeStepKind.Deployed or LifeStepKind.DeploymentFailed or LifeStepKind.RolledBack or LifeStepKind.Fixed => "deployments",
        LifeStepKind.IncidentStarted or LifeStepKind.IncidentEnded => "incidents",
        LifeStepKind.Reverted => "changes",
        LifeStepKind.IssueCreated or LifeStepKind.IssueMoved or LifeStepKind.IssueCompleted => "issues",
        _ => null,
    };
}
