using System.Globalization;
using System.Text.RegularExpressions;
using Veelocity.Web.Data;

namespace Veelocity.Web.Linking.Reverts;

/// <summary>A change that can revert or be reverted: a merged pull request, or a commit that was pushed directly.</summary>
internal sealed record RevertedChange(PullRequestFacts? PullRequest, string? Sha)
{
    public Guid? PullRequestId => PullRequest?.Id;
    public object Key => PullRequest is { } pull ? pull.Id : Sha!;
}

/// <summary>A revert and what it reverts; without targets when nobody can tell what.</summary>
internal sealed record FoundRevert(RevertedChange Revert, DateTimeOffset? At, IReadOnlyList<RevertedChange> Targets);

/// <summary>
/// Finds what reverts revert (M30): a pull request by its number or by any of its commits, a direct push by its commit, and only then
/// the latest earlier pull request with the quoted title. What reverts nothing but reverts is a reland and no revert.
/// </summary>
internal sealed partial class RevertTargets
{
    private const int ShortSha = 7;

    private readonly Dictionary<int, PullRequestFacts> _byNumber;
    private readonly ILookup<string, PullRequestFacts> _byTitle;
    private readonly ILookup<string, (string Sha, PullRequestFacts Pull)> _byShortSha;
    private readonly ILookup<string, string> _commits;
    private readonly HashSet<object> _reverts = [];

    private RevertTargets(RepositoryFacts facts, CommitGraph graph)
    {
        var merged = facts.PullRequests.Where(p => p.MergedAt is not null).ToList();
        var mergeCommits = facts.PullRequests.Select(p => graph.NumberOf(p.MergeCommitSha)).ToHashSet();
        _byNumber = merged.ToDictionary(p => p.Number);
        _byTitle = merged.ToLookup(p => p.Title.Trim(), StringComparer.Ordinal);
        _byShortSha = merged.SelectMany(p => ShasOf(p).Distinct(StringComparer.Ordinal).Select(sha => (Sha: sha, Pull: p)))
            .Where(c => c.Sha.Length >= ShortSha).ToLookup(c => c.Sha[..ShortSha], StringComparer.Ordinal);
        _commits = facts.Commits.Where(c => c.Sha.Length >= ShortSha).Select(c => c.Sha).ToLookup(sha => sha[..ShortSha], StringComparer.Ordinal);

        IEnumerable<string> ShasOf(PullRequestFacts pull) => pull.CommitShas.Append(pull.MergeCommitSha).OfType<string>()
            .Concat(graph.NumberOf(pull.MergeCommitSha) is var merge and not CommitGraph.Unknown
                ? graph.MadeByMerge(merge, pull.CommitCount, mergeCommits.Contains).Select(graph.ShaOf)
                : []);
    }

    public static List<FoundRevert> Of(RepositoryFacts facts, CommitGraph graph)
    {
        if (facts.RevertCommits.Count == 0 && facts.PullRequests.All(p => p.NamedReverts.Count == 0)) return [];
        var targets = new RevertTargets(facts, graph);
        var pulls = facts.PullRequests.Where(p => p.NamedReverts.Count > 0)
            .Select(p => (Change: new RevertedChange(p, null), p.NamedReverts, At: p.MergedAt));
        // What a pull request brought in speaks through the pull request.
        var pushes = facts.RevertCommits.Where(c => targets.PullsOf(c.Sha).Count == 0)
            .Select(c => (Change: new RevertedChange(null, c.Sha), c.NamedReverts, At: (DateTimeOffset?)c.CommittedAt));
        return [.. pulls.Concat(pushes).OrderBy(r => r.At ?? DateTimeOffset.MaxValue).ThenBy(r => r.Change.PullRequest?.Number)
            .Select(r => targets.Find(r.Change, r.NamedReverts, r.At)).OfType<FoundRevert>()];
    }

    private FoundRevert? Find(RevertedChange revert, IReadOnlyList<string> named, DateTimeOffset? at)
    {
        var before = at ?? DateTimeOffset.MaxValue;
        var found = named.SelectMany(name => ByIdentity(name, before)).Where(t => !Equals(t.Key, revert.Key)).DistinctBy(t => t.Key).ToList();
        if (found.Count == 0) found = [.. named.Select(name => ByTitle(name, before)).OfType<RevertedChange>().Where(t => !Equals(t.Key, revert.Key)).DistinctBy(t => t.Key)];
        var targets = found.FindAll(t => !_reverts.Contains(t.Key));
        if (found.Count > 0 && targets.Count == 0) return null;
        _reverts.Add(revert.Key);
        return new(revert, at, targets);
    }

    private IEnumerable<RevertedChange> ByIdentity(string named, DateTimeOffset before)
    {
        if (After(RevertText.Number, named) is { } number)
            return Number(number) is { } pull && pull.MergedAt < before ? [new(pull, null)] : [];
        if (After(RevertText.Sha, named) is not { } sha) return [];
        var pulls = PullsOf(sha).FindAll(p => p.MergedAt < before);
        if (pulls.Count > 0) return [new(pulls.MinBy(p => p.MergedAt), null)];
        return _commits[sha[..ShortSha]].FirstOrDefault(known => known.StartsWith(sha, StringComparison.Ordinal)) is { } push ? [new(null, push)] : [];
    }

    private RevertedChange? ByTitle(string named, DateTimeOffset before)
    {
        if (After(RevertText.Title, named) is not { } title) return null;
        if (_byTitle[title].Where(p => p.MergedAt < before).MaxBy(p => p.MergedAt) is { } pull) return new(pull, null);
        if (Merge().Match(title) is { Success: true } merge)
            return Number(merge.Groups["number"].Value) is { } merged && merged.MergedAt < before ? new(merged, null) : null;
        // A squash appends the number to the title.
        return Squashed().Match(title) is { Success: true } squashed && Number(squashed.Groups["number"].Value) is { } other
            && other.MergedAt < before && other.Title.Trim() == squashed.Groups["title"].Value.Trim() ? new(other, null) : null;
    }

    private PullRequestFacts? Number(string text) => _byNumber.GetValueOrDefault(int.Parse(text, CultureInfo.InvariantCulture));

    private List<PullRequestFacts> PullsOf(string sha) =>
        sha.Length < ShortSha ? [] : [.. _byShortSha[sha[..ShortSha]].Where(c => c.Sha.StartsWith(sha, StringComparison.Ordinal)).Select(c => c.Pull)];

    private static string? After(string kind, string named) => named.StartsWith(kind, StringComparison.Ordinal) ? named[kind.Length..] : null;

    [GeneratedRegex(@"^(?<title>.+)\s\(\#(?<number>\d{1,9})\)$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Squashed();

    // Git's own first line of a merge.
    [GeneratedRegex(@"^Merge pull request \#(?<number>\d{1,9}) from ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Merge();
}
