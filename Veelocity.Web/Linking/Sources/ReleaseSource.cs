using System.Text.RegularExpressions;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Deployments from published releases; drafts and prereleases are none. A repository of several services tells them apart by how tags begin.</summary>
internal static partial class ReleaseSource
{
    public static IEnumerable<DerivedDeployment> Derive(RepositoryFacts facts, string? tagStart = null)
    {
        foreach (var release in facts.Releases)
        {
            if (release.IsDraft || release.IsPrerelease || release.PublishedAt is not { } publishedAt) continue;
            if (tagStart is not null && TagStartOf(release.Tag) != tagStart) continue;
            yield return new()
            {
                SourceKey = $"release {release.ExternalId}",
                Sha = release.Sha,
                Ref = release.Tag,
                Title = string.IsNullOrWhiteSpace(release.Name) ? release.Tag : release.Name,
                Url = release.Url,
                StartedAt = publishedAt,
                FinishedAt = publishedAt,
            };
        }
    }

    /// <summary>How the tags begin, when they begin in different ways: <c>web-v1.2</c> and <c>api@3.0</c> are <c>web-</c> and <c>api@</c>.</summary>
    public static IReadOnlyList<string> TagStarts(IEnumerable<string> tags)
    {
        string[] starts = [.. tags.Select(TagStartOf).Distinct(StringComparer.Ordinal)];
        return starts.Length > 1 ? [.. starts.Where(start => start.Length > 0).Order(StringComparer.Ordinal)] : [];
    }

    public static bool HasVersion(string tag) => Version().IsMatch(tag);

    private static string TagStartOf(string tag) => Version().Match(tag) is { Success: true } version ? tag[..version.Index] : "";

    [GeneratedRegex(@"(?<![A-Za-z0-9])v?\d+(\.\d+|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();
}
