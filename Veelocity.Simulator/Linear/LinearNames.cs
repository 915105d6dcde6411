using System.Text.RegularExpressions;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Linear;

/// <summary>The issues that a pull request names in its branch, title or description.</summary>
internal static partial class LinearNames
{
    public static IEnumerable<string> In(PullRequest pull) =>
        Name().Matches($"{pull.HeadRef} {pull.Title} {pull.Body}").Select(found => found.Value.ToUpperInvariant()).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(ENG|PAY|MOB)-\d+\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
