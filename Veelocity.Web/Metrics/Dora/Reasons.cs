using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>Why a deployed pull request is not in the lead time, in words (M35).</summary>
internal static class Reasons
{
    public static string Of(LeftOut reason) => reason switch
    {
        LeftOut.FirstKnownDeployment => "first known deployment",
        LeftOut.Bot => "written by a bot",
        LeftOut.Revert => "a revert",
        _ => reason.ToString(),
    };

    public static string Why(LeftOut reason) => reason switch
    {
        LeftOut.FirstKnownDeployment => "Nothing is known of what was deployed before, so nobody can tell when these changes first reached production.",
        LeftOut.Bot => "Dependency updates and other automatic changes would make people look faster than they are.",
        LeftOut.Revert => "A revert takes something back; it delivers nothing new.",
        _ => "",
    };
}
