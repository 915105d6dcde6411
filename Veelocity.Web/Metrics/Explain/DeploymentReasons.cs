using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>Why a deployment or an incident is not counted, in words.</summary>
internal static class DeploymentReasons
{
    public static LeftOutReason Of(DeploymentItems.ReasonCount reason) => new(KeyOf(reason.Reason), NameOf(reason.Reason), WhyOf(reason.Reason), reason.Count);

    public static string NameOf(DeploymentItems.Reason reason) => reason switch
    {
        DeploymentItems.Reason.ByPerson => "left out by a member",
        DeploymentItems.Reason.DidNotSucceed => "did not succeed",
        DeploymentItems.Reason.SameCommit => "the same commit again",
        DeploymentItems.Reason.Rollback => "a rollback",
        _ => reason.ToString(),
    };

    public static DeploymentItems.Reason? Deployment(string? key) =>
        Enum.GetValues<DeploymentItems.Reason>().Cast<DeploymentItems.Reason?>().FirstOrDefault(reason => KeyOf(reason!.Value) == key);

    private static string KeyOf(DeploymentItems.Reason reason) => reason switch
    {
        DeploymentItems.Reason.ByPerson => "by-person",
        DeploymentItems.Reason.DidNotSucceed => "failed",
        DeploymentItems.Reason.SameCommit => "same-commit",
        _ => "rollback",
    };

    private static string WhyOf(DeploymentItems.Reason reason) => reason switch
    {
        DeploymentItems.Reason.ByPerson => "A member said that it does not belong in the numbers, and why.",
        DeploymentItems.Reason.DidNotSucceed => "Only what reached production counts; a run that failed before brought nothing.",
        DeploymentItems.Reason.SameCommit => "It brought nothing new: the success before it had the same commit.",
        DeploymentItems.Reason.Rollback => "It takes a release back; the release that it took back is what failed.",
        _ => "",
    };
}

/// <summary>Why an incident is not counted, in words.</summary>
internal static class IncidentReasons
{
    public static LeftOutReason Of(IncidentItems.ReasonCount reason) => new(KeyOf(reason.Reason), NameOf(reason.Reason), WhyOf(reason.Reason), reason.Count);

    public static string NameOf(IncidentItems.Reason reason) => reason switch
    {
        IncidentItems.Reason.ByPerson => "left out by a member",
        IncidentItems.Reason.Open => "not over yet",
        IncidentItems.Reason.EndUnknown => "ended at an unknown time",
        IncidentItems.Reason.NoRelease => "no release known to have brought it",
        _ => reason.ToString(),
    };

    public static IncidentItems.Reason? Incident(string? key) =>
        Enum.GetValues<IncidentItems.Reason>().Cast<IncidentItems.Reason?>().FirstOrDefault(reason => KeyOf(reason!.Value) == key);

    private static string KeyOf(IncidentItems.Reason reason) => reason switch
    {
        IncidentItems.Reason.ByPerson => "by-person",
        IncidentItems.Reason.Open => "open",
        IncidentItems.Reason.EndUnknown => "end-unknown",
        _ => "no-release",
    };

    private static string WhyOf(IncidentItems.Reason reason) => reason switch
    {
        IncidentItems.Reason.ByPerson => "A member said that it does not belong in the numbers, and why.",
        IncidentItems.Reason.Open => "How long it lasts is not known before it ends.",
        IncidentItems.Reason.EndUnknown =>
            "Someone marked it as done, and nothing says when. Enter its end to count it.",
        IncidentItems.Reason.NoRelease => "No release of what was affected lies in the window before it, and nobody named one.",
        _ => "",
    };
}
