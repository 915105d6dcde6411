using System.Text.RegularExpressions;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Sources;

/// <summary>Where a service's deployments could be read from, and which of the two is better.</summary>
/// <param name="Age">How recently it deployed; the first thing compared.</param>
/// <param name="Rank">How plainly it speaks of production; the second. Counts only decide between equals.</param>
internal sealed record SourceCandidate(DeploymentSource Source, string? Name, string? Branch, SourceAge Age, int Rank, int Count, string Evidence)
{
    public bool IsBetterThan(SourceCandidate other) => (Age, Rank).CompareTo((other.Age, other.Rank)) < 0;
}

/// <summary>How recently a source deployed, best first. A merge is only an estimate, so it yields to a true source seen within a year.</summary>
internal enum SourceAge
{
    Last90Days,
    LastYear,
    MergesInLast90Days,
    Earlier,
    EarlierMerges,
    Never,
}

/// <summary>
/// Detects the one source of a service's deployments (M8): an environment that is production (M13), else a workflow that deploys, releases or
/// publishes, else releases, else merged pull requests; by what it deployed in the last 90 days, else within a year, else ever. What was detected
/// before stays unless another is better by kind or by age, so that no quiet week and no change of counts moves it.
/// </summary>
internal static partial class SourceDetection
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(90);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>The better source to take instead of the current one; null to keep that. With no current one, the best there is.</summary>
    public static SourceCandidate? Detect(RepositoryFacts facts, (DeploymentSource Source, string? Name, string? Branch)? current, DateTimeOffset now)
    {
        var candidates = Candidates(facts, now).ToList();
        var best = candidates.OrderBy(c => c.Age).ThenBy(c => c.Rank).ThenByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal).First();
        if (current is not { } kept) return best;
        var held = candidates.Find(c => c.Source == kept.Source && c.Name == kept.Name);
        return held is null || best.IsBetterThan(held) ? best : null;
    }

    /// <summary>Whether runs of this workflow could be deployments, going by its name and file.</summary>
    public static bool MayDeploy(WorkflowFacts workflow) => WorkflowRank(workflow) is not null;

    private static IEnumerable<SourceCandidate> Candidates(RepositoryFacts facts, DateTimeOffset now)
    {
        foreach (var (name, rank) in ProductionEnvironments(facts))
        {
            var deployments = EnvironmentSource.Derive(facts, name).Where(d => d.IsProduction);
            if (Seen(deployments, now) is { } seen)
                yield return new(DeploymentSource.Environment, name, null, seen.Age, rank, seen.Count, $"environment {name}: {seen.Text}");
        }
        foreach (var workflow in facts.Workflows)
        {
            if (WorkflowRank(workflow) is not { } rank || Branch(facts, workflow) is not (true, var branch)) continue;
            if (Seen(WorkflowSource.Derive(facts, workflow.Path, branch), now) is { } seen)
                yield return new(DeploymentSource.Workflow, workflow.Path, branch, seen.Age, rank, seen.Count, $"workflow {workflow.Name}: {seen.Text}");
        }
        if (Seen(ReleaseSource.Derive(facts), now) is { } released)
            yield return new(DeploymentSource.Releases, null, null, released.Age, 5, released.Count, $"published releases: {released.Text}");

        var merged = Seen(MergedPullRequestSource.Derive(facts), now);
        var mergeAge = merged is null ? SourceAge.Never
            : merged.Value.Age == SourceAge.Last90Days ? SourceAge.MergesInLast90Days
            : SourceAge.EarlierMerges;
        yield return new(DeploymentSource.MergedPullRequests, null, null, mergeAge, 6, merged?.Count ?? 0,
            $"merges into the default branch, because nothing else tells of deployments: {merged?.Text ?? "no merges yet"}");
    }

    private static IEnumerable<(string Name, int Rank)> ProductionEnvironments(RepositoryFacts facts)
    {
        var declared = facts.Environments.ToDictionary(e => e.Name, StringComparer.Ordinal);
        var names = facts.EnvironmentDeployments.Select(d => d.Environment).Concat(declared.Keys).Distinct(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var environment = declared.GetValueOrDefault(name);
            if (environment?.IsDeclaredTransient == true) continue;
            if (environment?.IsDeclaredProduction == true || MatchesProduction(name, facts.ProductionPattern))
                yield return (name, name.Equals("production", StringComparison.OrdinalIgnoreCase) ? 0 : 1);
        }
    }

    // The pattern is a person's: it may be wrong, or slow on purpose.
    private static bool MatchesProduction(string name, string pattern)
    {
        try
        {
            return Regex.IsMatch(name, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or ArgumentException)
        {
            return false;
        }
    }

    private static int? WorkflowRank(WorkflowFacts workflow)
    {
        var text = $"{workflow.Name} {Path.GetFileName(workflow.Path)}";
        if (NotProduction().IsMatch(text)) return null;
        return text.Contains("deploy", StringComparison.OrdinalIgnoreCase) ? 2
            : text.Contains("release", StringComparison.OrdinalIgnoreCase) ? 3
            : text.Contains("publish", StringComparison.OrdinalIgnoreCase) ? 4
            : null;
    }

    // A workflow counts by its successes on the default branch or on tags, and is read from where it has more of them.
    private static (bool Deploys, string? Branch) Branch(RepositoryFacts facts, WorkflowFacts workflow)
    {
        var tags = facts.Releases.Select(r => r.Tag).ToHashSet(StringComparer.Ordinal);
        int onDefault = 0, onTags = 0;
        foreach (var run in facts.Runs)
        {
            if (run.WorkflowId != workflow.Id || run.Conclusion != "success" || WorkflowSource.IsForPullRequest(run)) continue;
            if (run.HeadBranch == facts.DefaultBranch) onDefault++;
            else if (run.Event == "release" || (run.HeadBranch is { } name && (tags.Contains(name) || VersionTag().IsMatch(name)))) onTags++;
        }
        return (onDefault + onTags > 0, onDefault >= onTags ? facts.DefaultBranch : null);
    }

    private static (SourceAge Age, int Count, string Text)? Seen(IEnumerable<DerivedDeployment> deployments, DateTimeOffset now)
    {
        var times = deployments.Where(d => d.IsSuccess && d.FinishedAt <= now).Select(d => d.FinishedAt).ToList();
        var recent = times.Count(t => t > now - Recent);
        if (recent > 0) return (SourceAge.Last90Days, recent, $"{Deployments(recent)} in the last 90 days");
        var year = times.Count(t => t > now - Year);
        if (year > 0) return (SourceAge.LastYear, year, $"{Deployments(year)} in the last year, none in the last 90 days");
        return times.Count == 0 ? null : (SourceAge.Earlier, times.Count, $"{Deployments(times.Count)}, the last on {times.Max():yyyy-MM-dd}");
    }

    private static string Deployments(int count) => count == 1 ? "1 deployment" : $"{count} deployments";

    [GeneratedRegex("preview|staging|drafter", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotProduction();

    [GeneratedRegex(@"^v?\d+\.\d", RegexOptions.CultureInvariant)]
    private static partial Regex VersionTag();
}
