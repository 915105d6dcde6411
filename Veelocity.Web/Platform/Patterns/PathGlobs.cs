using System.Text;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Platform.Patterns;

/// <summary>
/// Which paths of a repository are meant: <c>apps/web/**</c>, <c>*.proto</c> in the root, <c>**/*.proto</c> anywhere, <c>!docs/**</c> taken
/// out again. A folder means all in it; <c>*</c> stays within one folder, <c>**</c> does not. Case counts, as in Git. None means every path.
/// </summary>
public sealed class PathGlobs
{
    public const int Most = 50;
    public const int LongestText = 200;

    private readonly Regex? _in;
    private readonly Regex? _out;

    private PathGlobs(IReadOnlyList<string> globs)
    {
        _in = Build(globs.Where(glob => !IsExclusion(glob)));
        _out = Build(globs.Where(IsExclusion).Select(glob => glob[1..]));
        IsEverything = _in is null && _out is null;
    }

    public bool IsEverything { get; }

    public static PathGlobs Of(IReadOnlyList<string> globs) => new(globs);

    /// <summary>One a line or separated by commas, as people type them; blanks and repeats are dropped.</summary>
    public static string[] Parse(string? text) =>
        [.. (text ?? "").Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>Why these are refused; null when they are good.</summary>
    public static string? ProblemOf(IReadOnlyList<string> globs)
    {
        if (globs.Count > Most) return $"A service can have {Most} path patterns at most.";
        if (globs.FirstOrDefault(glob => glob.Length > LongestText) is { } tooLong) return $"'{tooLong[..40]}…' is longer than {LongestText} characters.";
        if (globs.FirstOrDefault(glob => glob.TrimStart('!').Trim('/').Length == 0) is { } empty) return $"'{empty}' names no path. Write a folder such as apps/web/**.";
        return null;
    }

    public bool Matches(string path) => (_in?.IsMatch(path) ?? true) && _out?.IsMatch(path) != true;

    private static bool IsExclusion(string glob) => glob.StartsWith('!');

    private static Regex? Build(IEnumerable<string> globs)
    {
        var alternatives = string.Join('|', globs.Select(Translate));
        return alternatives.Length == 0
            ? null
            : new Regex($"^({alternatives})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }

    private static string Translate(string glob)
    {
        var text = glob.Trim('/');
        var regex = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '*')
            {
                regex.Append(text[i] == '?' ? "[^/]" : Regex.Escape(text[i].ToString()));
                continue;
            }
            var isDeep = i + 1 < text.Length && text[i + 1] == '*';
            while (i + 1 < text.Length && text[i + 1] == '*') i++;
            if (isDeep && i + 1 < text.Length && text[i + 1] == '/' && (regex.Length == 0 || regex[^1] == '/'))
            {
                i++;
                regex.Append("(.*/)?");
            }
            else
            {
                regex.Append(isDeep ? ".*" : "[^/]*");
            }
        }
        // What names a file or a folder means the folder's contents too.
        return regex.Append("(/.*)?").ToString();
    }
}
