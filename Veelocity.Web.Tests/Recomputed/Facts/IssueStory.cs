using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>How a pull request names an issue.</summary>
internal sealed record IssueNaming(string Identifier, int Where)
{
    public (string Title, string Branch, string? Description) Into(string title, string branch, string? description) => Where switch
    {
        0 => ($"{title} ({Identifier})", branch, description),
        1 when branch.StartsWith("topic", StringComparison.Ordinal) => (title, $"{branch}-{Identifier.ToLowerInvariant()}", description),
        2 => (title, branch, $"{description}\n\nFixes {Identifier}"),
        3 => (title, branch, $"{description}\n\nA follow-up of {Identifier}, in UTF-8"),
        _ => (title, branch, description),
    };
}

/// <summary>Issues in two teams: started, jumped over, reopened, canceled, some without a history of states.</summary>
internal static class IssueStory
{
    public static void Begin(World world, Dice dice, Staff staff, DateTimeOffset from)
    {
    }

    public static IssueNaming? Name(World world, Dice dice, DateTimeOffset around) => null;
}
