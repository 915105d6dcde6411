namespace Veelocity.Web.Metrics.Development;

/// <summary>Why a row is not in a development metric, in words (M35).</summary>
internal static class WorkReasons
{
    public static string NameOf(WorkReason reason) => reason switch
    {
        WorkReason.ByPerson => "left out by a member",
        WorkReason.Bot => "written by a bot",
        WorkReason.Agent => "written by a coding agent",
        WorkReason.Person => "written by a person",
        WorkReason.NeverReady => "never ready for review",
        WorkReason.NoReview => "merged without a review",
        WorkReason.Abandoned => "closed without a merge",
        WorkReason.Unlinked => "tied to no issue",
        WorkReason.Canceled => "canceled, or a duplicate",
        WorkReason.Jumped => "completed without having been started",
        _ => "completed without a merged pull request",
    };

    public static string WhyOf(WorkReason reason) => reason switch
    {
        WorkReason.ByPerson => "A member said that it does not belong in the numbers, and why.",
        WorkReason.Bot => "Dependency updates and other automatic changes are nobody's work.",
        WorkReason.Agent => "Agents' pull requests are a cohort of their own, which can be chosen above.",
        WorkReason.Person => "Only those of coding agents were asked for.",
        WorkReason.NeverReady => "It was a draft to the end, so nobody knows since when it waited.",
        WorkReason.NoReview => "There is no first review to measure to; that is not a review time of 0.",
        WorkReason.Abandoned => "It is in the abandon rate, and in no time.",
        WorkReason.Unlinked => "Neither its branch, its title, its description nor the issue tracker ties it to an issue.",
        WorkReason.Canceled => "Nothing was delivered by it.",
        WorkReason.Jumped => "From to-do straight to done: how long the work took is unknown, not 0.",
        _ => "No pull request is tied to it, or one of them is still open.",
    };
}
