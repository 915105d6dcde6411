using System.Text.RegularExpressions;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Lists what a repository shows as sources of deployments (M8): environments (those that are production by M13 are taken by
/// themselves), workflows, releases, merges. What only a person may choose is listed too.
/// </summary>
internal static partial class SourceCandidates
{
    private const int NeverByItself = 8;
    private static readonly TimeSpan Recent = TimeSpan.FromDays(90);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static IEnumerable<SourceCandidate> Of(RepositoryFacts facts, ServiceScope scope, DateTimeOffset now) =>
        [.. Environments(facts, now), .. Workflows(facts, now), .. Releases(facts, now), .. Merges(facts, scope, now)];

    private static IEnumerable<SourceCandidate> Environments(RepositoryFacts facts, DateTimeOffset now)
    {
        var declared = facts.Environments.ToDictionary(e => e.Name, StringComparer.Ordinal);
        var production = NamePattern.Of(facts.ProductionPattern);
        foreach (var name in facts.EnvironmentDeployments.Select(d => d.Environment).Concat(declared.Keys).Distinct(StringComparer.Ordinal))
        {
            var environment = declared.GetValueOrDefault(name);
            if (environment?.IsDeclaredTransient == true) continue;
            var said = facts.EnvironmentUses.TryGetValue(name, out var use) ? use : (EnvironmentUse?)null;
            var isProduction = said is not null ? said == EnvironmentUse.Production : environment?.IsDeclaredProduction == true || production.Matches(name);
            var rank = !isProduction ? NeverByItself : name.Equals("production", StringComparison.OrdinalIgnoreCase) ? 0 : 1;
            var deployments = EnvironmentSource.Derive(facts, name).Where(d => d.IsProduction);
            if (Seen(deployments, now) is { } seen)
                yield return seen.As(new(DeploymentSource.Environment, name, null), rank, $"environment {name}: {seen.Text}", isProduction);
        }
    }

    private static IEnumerable<SourceCandidate> Workflows(RepositoryFacts facts, DateTimeOffset now)
    {
        var names = new WorkflowNames(facts.DeployPattern, facts.NotDeployPattern);
        var tags = facts.Releases.Select(r => r.Tag).ToHashSet(StringComparer.Ordinal);
        var runs = facts.Runs.ToLookup(r => r.WorkflowId);
        foreach (var workflow in facts.Workflows.DistinctBy(w => w.Path))
        {
            if (Branch(facts, runs[workflow.Id], tags) is not (true, var branch)) continue;
            var rank = names.RankOf(workflow);
            if (Seen(WorkflowSource.Derive(facts, workflow.Path, branch), now) is { } seen)
                yield return seen.As(
                    new(DeploymentSource.Workflow, workflow.Path, branch), rank ?? NeverByItself, $"workflow {workflow.Name}: {seen.Text}", rank is not null);
        }
    }

    private static IEnumerable<SourceCandidate> Releases(RepositoryFacts facts, DateTimeOffset now)
    {
        if (Seen(ReleaseSource.Derive(facts), now) is { } released)
            yield return released.As(new(DeploymentSource.Releases, null, null), 5, $"published releases: {released.Text}", isAutomatic: true);
        foreach (var start in ReleaseSource.TagStarts(facts))
            if (Seen(ReleaseSource.Derive(facts, start), now) is { } seen)
                yield return seen.As(new(DeploymentSource.Releases, start, null), NeverByItself, $"releases tagged {start}…: {seen.Text}", isAutomatic: false);
    }

    private static IEnumerable<SourceCandidate> Merges(RepositoryFacts facts, ServiceScope scope, DateTimeOffset now)
    {
        var merged = Seen(MergedPullRequestSource.Derive(facts, scope: scope), now);
        yield return new(
            DeploymentSource.MergedPullRequests, null, null, MergeAge(merged?.Age), 6, merged?.Count ?? 0, 0, merged?.LastAt,
            $"merges into the default branch, because nothing else tells of deployments: {merged?.Text ?? "no merges yet"}", IsAutomatic: true);

        var pattern = NamePattern.Of(facts.DeployLabelPattern);
        foreach (var label in facts.PullRequests.SelectMany(p => p.Labels).Distinct(StringComparer.OrdinalIgnoreCase).Where(pattern.Matches))
            if (Seen(MergedPullRequestSource.Derive(facts, label, scope), now) is { } seen)
                yield return seen.As(new(DeploymentSource.MergedPullRequests, label, null), NeverByItself, $"merges labelled {label}: {seen.Text}", isAutomatic: false);
    }

    // A workflow counts by its successes on the default branch or on tags, and is read from where it has more of them.
    private static (bool Deploys, string? Branch) Branch(RepositoryFacts facts, IEnumerable<RunFacts> runs, HashSet<string> tags)
    {
        int onDefault = 0, onTags = 0;
        foreach (var run in runs)
        {
            if (run.Conclusion != "success" || WorkflowSource.IsForPullRequest(run)) continue;
            if (run.HeadBranch == facts.DefaultBranch) onDefault++;
            else if (run.Event == "release" || (run.HeadBranch is { } name && (tags.Contains(name) || VersionTag().IsMatch(name)))) onTags++;
        }
        return (onDefault + onTags > 0, onDefault >= onTags ? facts.DefaultBranch : null);
    }

    private static SourceAge MergeAge(SourceAge? seen) => seen switch
    {
        null => SourceAge.Never,
        SourceAge.Last90Days => SourceAge.MergesInLast90Days,
        _ => SourceAge.EarlierMerges,
    };

    private static Sighting? Seen(IEnumerable<DerivedDeployment> deployments, DateTimeOffset now)
    {
        var all = deployments.Where(d => d.FinishedAt <= now).ToList();
        var times = all.Where(d => d.IsSuccess).Select(d => d.FinishedAt).ToList();
        if (times.Count == 0) return null;
        var failed = all.Count(d => !d.IsSuccess && d.FinishedAt > now - Recent);
        var recent = times.Count(t => t > now - Recent);
        if (recent > 0) return new(SourceAge.Last90Days, recent, failed, times.Max(), $"{Deployments(recent)} in the last 90 days");
        var year = times.Count(t => t > now - Year);
        return year > 0
            ? new(SourceAge.LastYear, year, failed, times.Max(), $"{Deployments(year)} in the last year, none in the last 90 days")
            : new(SourceAge.Earlier, times.Count, failed, times.Max(), $"{Deployments(times.Count)}, the last on {times.Max():yyyy-MM-dd}");
    }

    private static string Deployments(int count) => count == 1 ? "1 deployment" : $"{count} deployments";

    [GeneratedRegex(@"^v?\d+\.\d", RegexOptions.CultureInvariant)]
    private static partial Regex VersionTag();

    private sealed record Sighting(SourceAge Age, int Count, int Failed, DateTimeOffset LastAt, string Text)
    {
        public SourceCandidate As(ServiceSource source, int rank, string evidence, bool isAutomatic) =>
            new(source.Source, source.Name, source.Branch, Age, rank, Count, Failed, LastAt, evidence, isAutomatic);
    }
}
