using Veelocity.Web.Metrics.Builds;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>Why a build is not counted, in words.</summary>
internal static class BuildReasons
{
    public static LeftOutReason Of(BuildItems.ReasonCount reason) => new(KeyOf(reason.Reason), NameOf(reason.Reason), WhyOf(reason.Reason), reason.Count);

    public static string NameOf(BuildItems.Reason reason) => reason switch
    {
        BuildItems.Reason.Rerun => "a run repeated",
        BuildItems.Reason.Running => "not over yet",
        BuildItems.Reason.Cancelled => "cancelled",
        BuildItems.Reason.Skipped => "skipped",
        BuildItems.Reason.Failed => "failed",
        BuildItems.Reason.NoJobs => "jobs not known",
        _ => reason.ToString(),
    };

    public static BuildItems.Reason? Build(string? key) =>
        Enum.GetValues<BuildItems.Reason>().Cast<BuildItems.Reason?>().FirstOrDefault(reason => KeyOf(reason!.Value) == key);

    private static string KeyOf(BuildItems.Reason reason) => reason switch
    {
        BuildItems.Reason.NoJobs => "no-jobs",
        _ => reason.ToString().ToLowerInvariant(),
    };

    private static string WhyOf(BuildItems.Reason reason) => reason switch
    {
        BuildItems.Reason.Rerun => "It is one more attempt of a run that is counted already.",
        BuildItems.Reason.Running => "How it ends is not known before it does.",
        BuildItems.Reason.Cancelled => "Somebody or something stopped it: that says nothing about the build.",
        BuildItems.Reason.Skipped => "Nothing was built.",
        BuildItems.Reason.Failed => "A failure may end early or late; how long a build takes is told by those that succeed.",
        BuildItems.Reason.NoJobs => "Its jobs have not been read yet, or GitHub no longer has them.",
        _ => "",
    };
}
