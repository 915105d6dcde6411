using System.Text.RegularExpressions;

namespace Veelocity.Web.Linking.Sources;

/// <summary>The commits that a repository's tags and versions name, and its commits by the beginning of their names.</summary>
internal sealed partial class VersionTags
{
    private const int ShortestSha = 7;

    private readonly Dictionary<string, HashSet<string>> _shas = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, string> _commits;

    public VersionTags(RepositoryFacts facts)
    {
        var tags = facts.Tags.Select(t => (t.Name, t.Sha)).Concat(
            facts.Releases.Where(r => r is { IsDraft: false, Sha: not null }).Select(r => (Name: r.Tag, Sha: r.Sha!)));
        foreach (var (name, sha) in tags)
        {
            Add(name, sha);
            if (VersionOf(name) is { } version) Add(version, sha);
        }
        _commits = facts.Commits.Where(c => c.Sha.Length >= ShortestSha).Select(c => c.Sha).ToLookup(sha => sha[..ShortestSha], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The version in a tag's name or a text, without a leading v and closing zeros: 1.2 for <c>shop-v1.2.0</c>; null without one.</summary>
    public static string? VersionOf(string text) =>
        Version().Match(text) is { Success: true } found ? Zeros().Replace(found.Groups["number"].Value, "") + found.Groups["rest"].Value : null;

    /// <summary>Whether a text names a version at all.</summary>
    public static bool NamesVersion(string text) => Version().IsMatch(text) || Major().IsMatch(text);

    /// <summary>The commit that a text names by a tag, a version or the beginning of its name; null when it names none or several.</summary>
    public string? CommitIn(string text) => TaggedIn(text) ?? ShaIn(text);

    /// <summary>By a whole word that is a tag, else by a version.</summary>
    public string? TaggedIn(string text) =>
        Word().Matches(text).Select(word => Single(word.Value)).FirstOrDefault(sha => sha is not null)
        ?? Version().Matches(text).Select(version => VersionOf(version.Value)).OfType<string>()
            .Concat(Major().Matches(text).Select(major => major.Groups["number"].Value)).Select(Single).FirstOrDefault(sha => sha is not null);

    public string? ShaIn(string text) => Hex().Matches(text).Select(hex => Commit(hex.Value)).FirstOrDefault(sha => sha is not null);

    private string? Commit(string start)
    {
        string[] found = [.. _commits[start[..ShortestSha]].Where(sha => sha.StartsWith(start, StringComparison.OrdinalIgnoreCase))];
        return found.Length == 1 ? found[0] : null;
    }

    private string? Single(string name) => _shas.TryGetValue(name, out var shas) && shas.Count == 1 ? shas.First() : null;

    private void Add(string name, string sha)
    {
        if (!_shas.TryGetValue(name, out var shas)) _shas[name] = shas = new(StringComparer.Ordinal);
        shas.Add(sha);
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9.])v?(?<number>\d+(\.\d+)+)(?<rest>[-+][0-9A-Za-z.]*\d[0-9A-Za-z.]*)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();

    [GeneratedRegex(@"(?<![A-Za-z0-9.])v(?<number>\d+)(?![\w.-]*\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Major();

    [GeneratedRegex(@"(\.0)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Zeros();

    [GeneratedRegex(@"[^\s,;:()\[\]""'`]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9a-f]{7,40}(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Hex();
}
