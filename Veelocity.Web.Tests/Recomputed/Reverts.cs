using System.Globalization;
using System.Text.RegularExpressions;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Recomputed.Facts;

namespace Veelocity.Web.Tests.Recomputed;

/// <summary>A change that went to the default branch: a merged pull request, or a commit that was pushed without one.</summary>
internal sealed record Change(Guid RepositoryId, PullRequest? Pull, Commit? Commit)
{
    public DateTimeOffset At => Pull?.MergedAt ?? Commit!.CommittedAt;
}

/// <summary>A revert, and what it reverts where that is known.</summary>
internal sealed record Reversal(Change By, Change? Target);

/// <summary>Reads from titles, branches and descriptions what reverts what (M21, M30); a revert of a revert reverts nothing.</summary>
internal static partial class Reverts
{
    public static List<Reversal> Of(World world)
    {
        var found = new List<Reversal>();
        foreach (var repository in world.Repositories)
        {
            var pulls = world.Pulls.Where(p => p.RepositoryId == repository.Id).OrderBy(p => p.Number).ToList();
            foreach (var pull in pulls.Where(IsRevert)) found.Add(new(new(repository.Id, pull, null), TargetOf(world, pull, pulls)));
            foreach (var commit in world.Commits.Where(c => c.RepositoryId == repository.Id && world.CommitTexts.ContainsKey(c.Sha)))
                found.Add(new(new(repository.Id, null, commit), OfCommit(world, Sha().Match(world.CommitTexts[commit.Sha]).Value, pulls)));
        }
        // A commit that reverts a revert is a reland, too.
        return [.. found.Where(r => r.By.Pull is not null || r.Target is not { } target || !found.Exists(other => other.By == target))];
    }

    /// <summary>Titles quote what they revert, so that a reland quotes a revert.</summary>
    public static bool IsRevert(PullRequest pull) => Opening().Match(pull.Title).Groups[1].Captures.Count % 2 == 1;

    private static Change? TargetOf(World world, PullRequest pull, List<PullRequest> pulls)
    {
        var text = world.Descriptions.GetValueOrDefault(pull.Id, "");
        if (Number().Match(text) is { Success: true } number)
            return Of(pulls.Find(p => p.Number == int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture)));
        if (text.Contains("This reverts commit", StringComparison.Ordinal)) return OfCommit(world, Sha().Match(text).Value, pulls);
        var branch = Branch().Match(pull.HeadBranch);
        return Of(pulls.Find(p => p.Number == int.Parse(branch.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    private static Change? OfCommit(World world, string sha, List<PullRequest> pulls) =>
        Of(pulls.Find(p => p.MergeCommitSha == sha)) ?? (world.Commits.Find(c => c.Sha == sha) is { } commit ? new(commit.RepositoryId, null, commit) : null);

    private static Change? Of(PullRequest? pull) => pull is null ? null : new(pull.RepositoryId, pull, null);

    [GeneratedRegex("^(Revert \")*", RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^Reverts [\w./-]*#(\d+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex(@"^revert-(\d+)-", RegexOptions.CultureInvariant)]
    private static partial Regex Branch();

    [GeneratedRegex("[0-9a-f]{40}", RegexOptions.CultureInvariant)]
    private static partial Regex Sha();
}
