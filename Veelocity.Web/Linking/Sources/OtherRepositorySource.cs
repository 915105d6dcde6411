using Veelocity.Web.Data;
using Veelocity.Web.Platform.Patterns;

namespace Veelocity.Web.Linking.Sources;

/// <summary>
/// Deployments of a service by another repository, as in GitOps (M8): they come from there, their commits from here. What a deployment brings
/// is read from the commits and pull requests that are new in it: they name a commit or a version of this repository, or change its paths.
/// </summary>
internal sealed class OtherRepositorySource
{
    private readonly RepositoryFacts _other;
    private readonly Mentions _mentions;
    private readonly PathGlobs? _paths;
    private readonly Dictionary<string, PullRequestFacts> _merges = new(StringComparer.Ordinal);
    private readonly CommitGraph _graph;

    private OtherRepositorySource(ServiceSource source, RepositoryFacts facts, RepositoryFacts other)
    {
        _other = other;
        _mentions = new Mentions(facts);
        _paths = source.Paths.Count == 0 ? null : PathGlobs.Of(source.Paths);
        _graph = new CommitGraph(other.Commits);
        foreach (var pull in other.PullRequests.Where(p => p.MergeCommitSha is not null)) _merges[pull.MergeCommitSha!] = pull;
    }

    public static IEnumerable<DerivedDeployment> Derive(ServiceSource source, RepositoryFacts facts, OtherRepository other)
    {
        var reading = new OtherRepositorySource(source, facts, other.Facts);
        return source.Source == DeploymentSource.MergedPullRequests
            ? reading.Commits(source.Name)
            : reading.Deployments(SourceReading.Derive(source with { RepositoryId = null, Paths = [] }, other.Facts, ServiceScope.Of(other.Facts, [])));
    }

    private IEnumerable<DerivedDeployment> Deployments(IEnumerable<DerivedDeployment> all)
    {
        List<DerivedDeployment> ordered = [.. DerivedDeployment.InOrder(all.Where(d => d.IsProduction))];
        var successes = ordered.FindAll(d => d.IsSuccess);
        var reached = _graph.FirstReachedBy(successes.ConvertAll(d => _graph.NumberOf(d.Sha)));
        var news = _other.Commits.Select((commit, number) => (commit, at: reached[number])).ToLookup(c => c.at, c => c.commit);
        var commits = _other.Commits.ToLookup(c => c.Sha, StringComparer.Ordinal);
        var known = new Dictionary<string, DerivedDeployment?>(StringComparer.Ordinal);
        var claimed = new List<DerivedDeployment>();
        var place = -1;
        foreach (var deployment in ordered)
        {
            if (deployment.IsSuccess) place++;
            // A commit of theirs that was deployed before brings what it brought then.
            var mine = deployment.Sha is { } sha && known.TryGetValue(sha, out var before)
                ? before is null ? null : deployment with { Sha = before.Sha }
                : Claim(deployment, deployment.IsSuccess && place > 0 ? news[place] : commits[deployment.Sha ?? ""], claimed);
            if (deployment is { IsSuccess: true, Sha: { } theirs }) known[theirs] = mine;
            if (mine is null) continue;
            if (mine.IsSuccess) claimed.Add(mine);
            yield return mine;
        }
    }

    // Where nothing but Git tells of deployments: each commit on the default branch that names one of ours.
    private IEnumerable<DerivedDeployment> Commits(string? label)
    {
        var claimed = new List<DerivedDeployment>();
        foreach (var commit in FirstParents().OrderBy(c => c.CommittedAt))
        {
            if (label is not null && _merges.GetValueOrDefault(commit.Sha)?.Labels.Contains(label, StringComparer.OrdinalIgnoreCase) != true) continue;
            if (NameWords.SaysStage(TextOf(commit))) continue;
            var made = new DerivedDeployment
            {
                SourceKey = KeyOf(commit),
                Sha = commit.Sha,
                Title = commit.Headline,
                Url = $"{_other.Url}/commit/{commit.Sha}",
                StartedAt = commit.CommittedAt,
                FinishedAt = commit.CommittedAt,
            };
            if (Claim(made, [commit], claimed) is not { } mine) continue;
            claimed.Add(mine);
            yield return mine;
        }
    }

    private DerivedDeployment? Claim(DerivedDeployment deployment, IEnumerable<CommitFacts> news, List<DerivedDeployment> claimed)
    {
        var isTouched = false;
        foreach (var commit in news.OrderByDescending(c => c.CommittedAt))
        {
            var text = TextOf(commit);
            if (_mentions.CommitIn(text) is { } sha)
                return deployment with { Sha = IsRevert(text) ? Before(sha, claimed) : sha, Title = TitleOf(deployment, commit) };
            isTouched |= _paths is not null && _merges.GetValueOrDefault(commit.Sha)?.Paths?.Any(_paths.Matches) == true;
        }
        if (_mentions.CommitIn(deployment.Title) is { } named) return deployment with { Sha = named };
        return isTouched ? deployment with { Sha = null, Ref = null } : null;
    }

    // The same as for the repository that deploys, if that is read from its merges, so that one deployment is not both services'.
    private string KeyOf(CommitFacts commit) =>
        _merges.GetValueOrDefault(commit.Sha) is { } pull ? MergedPullRequestSource.KeyOf(pull) : $"commit {commit.Sha}";

    private string TextOf(CommitFacts commit) =>
        _merges.GetValueOrDefault(commit.Sha) is { } pull ? $"{commit.Headline}\n{pull.Title}" : commit.Headline;

    // A title that is a bare branch or commit of the other repository says less than its commit does.
    private static string TitleOf(DerivedDeployment deployment, CommitFacts commit) =>
        deployment.Title == deployment.Ref || commit.Sha.StartsWith(deployment.Title, StringComparison.Ordinal) ? commit.Headline : deployment.Title;

    private static bool IsRevert(string text) => text.StartsWith("Revert ", StringComparison.OrdinalIgnoreCase);

    // What ran before the commit that was taken back.
    private static string? Before(string sha, List<DerivedDeployment> claimed)
    {
        var at = claimed.FindLastIndex(d => d.Sha == sha);
        return at < 0 ? sha : at == 0 ? null : claimed[at - 1].Sha;
    }

    private IEnumerable<CommitFacts> FirstParents()
    {
        var bySha = _other.Commits.ToDictionary(c => c.Sha, StringComparer.Ordinal);
        var parents = _other.Commits.SelectMany(c => c.ParentShas).ToHashSet(StringComparer.Ordinal);
        var next = _other.Commits.Where(c => !parents.Contains(c.Sha)).MaxBy(c => c.CommittedAt);
        while (next is not null)
        {
            yield return next;
            next = next.ParentShas.Count > 0 ? bySha.GetValueOrDefault(next.ParentShas[0]) : null;
        }
    }
}
