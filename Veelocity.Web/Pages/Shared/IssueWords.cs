using Veelocity.Web.Data;

namespace Veelocity.Web.Pages.Shared;

/// <summary>Issues in words.</summary>
internal static class IssueWords
{
    public static string Of(IssueLinkMethod method) => method switch
    {
        IssueLinkMethod.Person => "tied by a member",
        IssueLinkMethod.Attachment => "the issue tracker has the pull request at it",
        IssueLinkMethod.Branch => "named by the branch",
        IssueLinkMethod.Title => "named by the title",
        _ => "named by the description",
    };

    /// <summary>The tone of a state's type, for pills.</summary>
    public static string Tone(string stateType) => stateType switch
    {
        "completed" => "pill-good",
        "started" => "pill-info",
        _ => "",
    };

    /// <summary>1 urgent to 4 low; null when nobody gave one.</summary>
    public static string? Priority(int priority) => priority switch { 1 => "Urgent", 2 => "High", 3 => "Medium", 4 => "Low", _ => null };
}
