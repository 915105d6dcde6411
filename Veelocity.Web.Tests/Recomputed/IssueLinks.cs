using System.Text.RegularExpressions;
using Veelocity.Web.Tests.Recomputed.Facts;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>Which pull requests are work on which issue (M31): by branch, title, description, and what the tracker keeps.</summary>
internal static partial class IssueLinks
{
    public static HashSet<(Guid, Guid)> Of(World world)
    {
        var issues = world.Issues.Where(i => !i.IsTrashed).ToDictionary(i => i.Identifier, StringComparer.OrdinalIgnoreCase);
        var found = new HashSet<(Guid, Guid)>();
        foreach (var pull in world.Pulls)
        {
            var text = world.Descriptions.GetValueOrDefault(pull.Id, "");
            foreach (Match name in Name().Matches($"{pull.Title} {pull.HeadBranch} {text}"))
            {
                if (!issues.TryGetValue(name.Value, out var issue)) continue;
                // Named in the description alone, and without a word that says that it is the work.
                var isMention = !Holds(pull.Title, name) && !Holds(pull.HeadBranch, name) && !Holds(text, name, "Fixes ");
                if (!isMention || issue.CompletedAt is null || issue.CompletedAt >= pull.CreatedAt) found.Add((issue.Id, pull.Id));
            }
            foreach (var attachment in world.Attachments.Where(a => a.Url == pull.Url && issues.Values.Any(i => i.Id == a.IssueId)))
                found.Add((attachment.IssueId, pull.Id));
        }
        return found;
    }

    private static bool Holds(string text, Match name, string before = "") =>
        Regex.IsMatch(text, $"{before}{name.Value}(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"(ENG|OPS)-\d+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Name();
}
