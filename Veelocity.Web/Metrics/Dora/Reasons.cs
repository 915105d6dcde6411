using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>Why a row is in a number or left out of it, in words (M35).</summary>
internal static class Reasons
{
    public static string Of(LeftOut reason) => reason switch
    {
        LeftOut.FirstKnownDeployment => "first known deployment",
        LeftOut.Bot => "written by a bot",
        LeftOut.Revert => "a revert",
        LeftOut.ByPerson => "left out by a member",
        LeftOut.Promotion => "only promotes a branch",
        LeftOut.Rule => "excluded by a metric rule",
        _ => reason.ToString(),
    };

    /// <summary>One of a deployment's <see cref="Deployment.FailureReasons"/>.</summary>
    public static string OfFailure(string reason) => reason switch
    {
        "incident_by_person" => "A member linked an incident to this deployment",
        "revert" => "A change in this deployment was reverted after it was deployed",
        _ => Of(SnakeCaseEnum<ChangeFailure>.FromText(reason)),
    };

    public static string Of(ChangeFailure failure) => failure switch
    {
        ChangeFailure.Incident => "An incident is linked to this release",
        ChangeFailure.Rollback => "This release was taken back by deploying what was there before",
        ChangeFailure.Revert => "A pull request in this release was reverted after it was deployed",
        _ => failure.ToString(),
    };

    public static string Of(Rework rework) => rework switch
    {
        Rework.Rollback => "Took a release back",
        Rework.IncidentFix => "Ended an incident",
        Rework.Revert => "Brought the revert of something deployed",
        Rework.Hotfix => "A pull request in it calls itself a hotfix",
        _ => rework.ToString(),
    };

    public static string Of(IncidentLinkMethod method) => method switch
    {
        IncidentLinkMethod.Person => "said by a member",
        IncidentLinkMethod.Named => "named in the incident",
        IncidentLinkMethod.Remedy => "its rollback, revert or hotfix ended the incident",
        IncidentLinkMethod.Window => "the latest release of what was affected before the incident started",
        _ => method.ToString(),
    };

    public static string Why(LeftOut reason) => reason switch
    {
        LeftOut.FirstKnownDeployment => "Nothing is known of what was deployed before, so nobody can tell when these changes first reached production.",
        LeftOut.Bot => "Dependency updates and other automatic changes would make people look faster than they are.",
        LeftOut.Revert => "A revert takes something back; it delivers nothing new.",
        LeftOut.ByPerson => "A member said that it does not belong in the numbers, and why.",
        LeftOut.Promotion => "It carries changes from one branch to another. Those changes count themselves.",
        LeftOut.Rule => "Its label, branch, title or files match a rule in Settings → Metric rules, such as the one for release pull requests.",
        _ => "",
    };
}
