using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Veelocity.Web.Tests.Docs;

public sealed partial class LinkTests
{
    internal static readonly string Root = RepositoryRoot();

    // What is built or restored is not ours.
    private static readonly string[] Others = ["node_modules", "bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Every document of the repository.</summary>
    public static TheoryData<string> Documents() => new(In(Root).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_relative_link_leads_to_a_file_and_a_heading_that_exist(string document)
    {
        var file = Path.Combine(Root, document);
        Assert.DoesNotContain(Targets(File.ReadAllText(file)), target => IsBroken(file, target));
    }

    [Theory]
    [InlineData("[gone](no-such-file.md)")]
    [InlineData("![gone](docs/screenshots/no-such-picture.png)")]
    [InlineData("[gone](README.md#no-such-heading)")]
    public void A_broken_link_is_noticed(string text) =>
        Assert.True(IsBroken(Path.Combine(Root, "README.md"), Assert.Single(Targets(text))));

    [Fact]
    public void Documents_of_every_folder_are_looked_through()
    {
        var documents = Documents().Select(row => row.Data).ToList();
        Assert.Superset(new HashSet<string>(["README.md", "CONTRIBUTING.md", "docs/api.md", "docs/decisions/README.md", "infra/README.md", "Veelocity.Simulator/README.md"]), documents.ToHashSet());
        Assert.DoesNotContain(documents, document => document.Contains("node_modules", StringComparison.Ordinal));
    }

    private static IEnumerable<string> In(string folder) => Directory.EnumerateFiles(folder, "*.md").Concat(
        Directory.EnumerateDirectories(folder).Where(inner => !Others.Contains(Path.GetFileName(inner)) && (Path.GetFileName(inner) is ".github" || !Path.GetFileName(inner).StartsWith('.'))).SelectMany(In));

    private static IEnumerable<string> Targets(string markdown) =>
        Link().Matches(CodeBlock().Replace(markdown, "")).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    private static bool IsBroken(string document, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? document : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, parts[0]));
        if (!File.Exists(path) && !Directory.Exists(path)) return true;
        return parts.Length == 2 && !Anchors(File.ReadAllText(path)).Contains(parts[1], StringComparer.Ordinal);
    }

    // As GitHub makes them: lower case, punctuation gone, spaces to hyphens.
    private static IEnumerable<string> Anchors(string markdown) =>
        Heading().Matches(CodeBlock().Replace(markdown, ""))
            .Select(match => NotInAnchor().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static string RepositoryRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
