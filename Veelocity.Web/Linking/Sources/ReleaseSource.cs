namespace Veelocity.Web.Linking.Sources;

/// <summary>Deployments from published releases; drafts and prereleases are none.</summary>
internal static class ReleaseSource
{
    public static IEnumerable<DerivedDeployment> Derive(RepositoryFacts facts)
    {
        foreach (var release in facts.Releases)
        {
            if (release.IsDraft || release.IsPrerelease || release.PublishedAt is not { } publishedAt) continue;
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
}
