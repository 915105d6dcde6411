using System.Text.RegularExpressions;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Deployments from Git tags, with or without releases (M8): those that a pattern names, or those with a version that is no prerelease. A
/// tag's date is the tagger's, or its commit's when it is a lightweight tag.
/// </summary>
internal static partial class TagSource
{
    public static IEnumerable<DerivedDeployment> Derive(RepositoryFacts facts, string? pattern = null)
    {
        var globs = NameGlobs.Of(pattern);
        foreach (var tag in facts.Tags)
        {
            if (globs is null ? !IsRelease(tag.Name) : !globs.Matches(tag.Name)) continue;
            var at = tag.TaggedAt ?? tag.CommittedAt;
            yield return new()
            {
                SourceKey = $"tag {tag.Name}",
                Sha = tag.Sha,
                Ref = tag.Name,
                Title = tag.Name,
                Url = $"{facts.Url}/releases/tag/{Uri.EscapeDataString(tag.Name)}",
                StartedAt = at,
                FinishedAt = at,
            };
        }
    }

    private static bool IsRelease(string tag) => ReleaseSource.HasVersion(tag) && !Prerelease().IsMatch(tag) && !NameWords.SaysStage(tag);

    [GeneratedRegex(
        @"(?<![a-z])(alpha|beta|rc|cr|pre|eap?|canary|next|snapshot|milestone|m\d+)(?![a-z])|(?<=\.\d+)[ab]\d+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prerelease();
}
