using System.Text.RegularExpressions;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Lists what a repository shows as sources of deployments (M8): environments (detection takes those that are production by M13), workflows,
/// releases, tags, merges, and other repositories that deploy it. What only a person may choose is listed too.
/// </summary>
internal static partial class SourceCandidates
{
    public static IEnumerable<SourceCandidate> Of(RepositoryFacts facts, ServiceScope scope, DateTimeOffset now) =>
        [.. Own(facts, now), .. Elsewhere(facts, now), .. Merges(facts, scope, now)];

    private static IEnumerable<SourceCandidate> Own(RepositoryFacts facts, DateTimeOffset now) =>
        [.. EnvironmentCandidates.Of(facts, now), .. WorkflowCandidates.Of(facts, now), .. Releases(facts, now), .. Tags(facts, now)];

    private static IEnumerable<SourceCandidate> Releases(RepositoryFacts facts, DateTimeOffset now)
    {
        if (Sighting.Of(ReleaseSource.Derive(facts), now) is { } released)
            yield return released.As(
                new(DeploymentSource.Releases, null, null), SourceRank.Releases, $"published releases: {released.Text}", isAutomatic: true);
        foreach (var start in ReleaseSource.TagStarts(facts.Releases.Select(r => r.Tag)))
            if (Sighting.Of(ReleaseSource.Derive(facts, start), now) is { } seen)
                yield return seen.As(
                    new(DeploymentSource.Releases, start, null), SourceRank.NeverByItself, $"releases tagged {start}…: {seen.Text}", isAutomatic: false);
    }

    private static IEnumerable<SourceCandidate> Tags(RepositoryFacts facts, DateTimeOffset now)
    {
        if (Sighting.Of(TagSource.Derive(facts), now) is { } tagged)
            yield return tagged.As(new(DeploymentSource.Tags, null, null), SourceRank.Tags, $"tags with a version: {tagged.Text}", isAutomatic: true);
        foreach (var start in ReleaseSource.TagStarts(facts.Tags.Select(t => t.Name).Where(ReleaseSource.HasVersion)))
            if (Sighting.Of(TagSource.Derive(facts, start + NameGlobs.Anything), now) is { } seen)
                yield return seen.As(
                    new(DeploymentSource.Tags, start + NameGlobs.Anything, null), SourceRank.NeverByItself, $"tags {start}…: {seen.Text}", isAutomatic: false);
    }

    // A repository that deploys this one does so from where its own deployments are; if they are nowhere, its commits are taken.
    private static IEnumerable<SourceCandidate> Elsewhere(RepositoryFacts facts, DateTimeOffset now)
    {
        foreach (var other in facts.Others)
        {
            var own = SourceCandidate.InOrder(Own(other.Facts, now).Where(c => c.IsAutomatic)).FirstOrDefault()?.Key;
            var source = (own ?? new(DeploymentSource.MergedPullRequests, null, null)) with { RepositoryId = other.Id };
            if (Sighting.Of(SourceReading.Derive(source, facts, ServiceScope.Of(facts, [])), now) is not { Count: > 1 } seen) continue;
            // Others name versions, too, as of a library; a repository that is called after deploying does so to deploy them.
            var (rank, age) = own is null && !SaysDeploys(other.Facts.Name)
                ? (SourceRank.CommitsElsewhere, MergeAge(seen.Age))
                : (SourceRank.AnotherRepository, seen.Age);
            yield return seen.As(source, rank, $"{other.FullName}, which names commits of this repository: {seen.Text}", isAutomatic: true) with { Age = age };
        }
    }

    private static IEnumerable<SourceCandidate> Merges(RepositoryFacts facts, ServiceScope scope, DateTimeOffset now)
    {
        var merged = Sighting.Of(MergedPullRequestSource.Derive(facts, scope: scope), now);
        yield return new(
            new(DeploymentSource.MergedPullRequests, null, null), MergeAge(merged?.Age), SourceRank.Merges, merged?.Count ?? 0, 0, merged?.LastAt,
            $"merges into the default branch, because nothing else tells of deployments: {merged?.Text ?? "no merges yet"}", IsAutomatic: true);

        var pattern = NamePattern.Of(facts.DeployLabelPattern);
        foreach (var label in facts.PullRequests.SelectMany(p => p.Labels).Distinct(StringComparer.OrdinalIgnoreCase).Where(pattern.Matches))
            if (Sighting.Of(MergedPullRequestSource.Derive(facts, label, scope), now) is { } seen)
                yield return seen.As(
                    new(DeploymentSource.MergedPullRequests, label, null), SourceRank.NeverByItself, $"merges labelled {label}: {seen.Text}", isAutomatic: false);
    }

    private static SourceAge MergeAge(SourceAge? seen) => seen switch
    {
        null => SourceAge.Never,
        SourceAge.Last90Days => SourceAge.MergesInLast90Days,
        _ => SourceAge.EarlierMerges,
    };

    private static bool SaysDeploys(string repository) => Deploys().IsMatch(NameWords.Words(repository));

    [GeneratedRegex(
        @"(?<![a-z])(git-?ops|argo-?(cd)?|flux-?(cd)?|deploy(s|ments?)?|ops|infra(structure)?|k8s|kubernetes|helm|manifests?|environments?|clusters?)(?![a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Deploys();
}
