using System.Text.RegularExpressions;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Names of jobs, branches, tags or workflows as members type them: several separated by commas, * for anything, in any case.
/// </summary>
internal sealed class NameGlobs
{
    public const string Anything = "*";

    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(200);
    private readonly Regex _regex;

    private NameGlobs(IEnumerable<string> globs) => _regex = new(
        $"^({string.Join('|', globs.Select(glob => Regex.Escape(glob).Replace("\\*", ".*", StringComparison.Ordinal)))})$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Timeout);

    /// <summary>Null for no text.</summary>
    public static NameGlobs? Of(string? text) =>
        text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } globs ? new(globs) : null;

    public bool Matches(string name) => _regex.IsMatch(name);

    /// <summary>A job also goes by its name without the values of a matrix, and by each part of a nested name (<c>deploy / prod (eu)</c>).</summary>
    public bool MatchesJob(string name) => Matches(name) || Matches(JobNames.WithoutMatrix(name))
        || name.Split(" / ").Any(part => Matches(part) || Matches(JobNames.WithoutMatrix(part)));
}
