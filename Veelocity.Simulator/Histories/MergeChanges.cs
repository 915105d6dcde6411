using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Histories;

/// <summary>How pull requests end, and what undoes that.</summary>
internal static class MergeChanges
{
    public static IReadOnlyList<ChangeKind> All { get; } =
    [
        new("merge_pull_request", 12, Merge), new("close_pull_request", 3, Close), new("reopen_pull_request", 3, Reopen), new("revert_pull_request", 2, Revert),
    ];

    private static string? Merge(Scene scene)
    {
        if (scene.Pull(pull => pull.State == "OPEN" && !pull.IsDraft && pull.Commits.Count > 0 && pull.BaseRef == pull.Repository.DefaultBranchName) is not { } pull)
            return null;
        var repository = pull.Repository;
        var before = repository.Head!;
        var by = scene.Somebody();
        var method = Enum.TryParse<MergeMethod>(scene.Target.Outcome, ignoreCase: true, out var asked) ? asked : scene.Dice.Pick(Enum.GetValues<MergeMethod>());
        var landed = new Merging(scene.Forge(repository, pull), pull, _ => scene.Signs(by)).Land(method, scene.Now);
        (pull.MergeCommit, pull.MergedAt, pull.ClosedAt, pull.MergedBy) = (landed, scene.Now, scene.Now, by);
        pull.RequestedReviewers.Clear();
        pull.Happened("merged", by, scene.Now);
        pull.Happened("closed", by, scene.Now);
        repository.Branches.Remove(pull.HeadRef);
        repository.Push(landed, scene.Now);
        scene.Tell("pull_request", "closed", repository, pull, by);
        scene.Tell("push", null, repository, new BranchPush(repository.DefaultBranchName, before.Sha, landed, Between(before, landed), false), by);
        new RunBook(scene).Start(repository, "push", repository.DefaultBranchName, landed, landed.Headline, by);
        return $"#{pull.Number} was merged by {method.ToString().ToLowerInvariant()}";
    }

    // What the push brought, oldest first.
    private static List<Commit> Between(Commit before, Commit after)
    {
        var known = CommitGraph.Walk(before).ToHashSet();
        var brought = CommitGraph.Walk(after).TakeWhile(commit => commit != before).Where(commit => !known.Contains(commit)).ToList();
        brought.Reverse();
        return brought;
    }

    private static string? Close(Scene scene)
    {
        if (scene.Pull(pull => pull.State == "OPEN") is not { } pull)
            return null;
        pull.ClosedAt = scene.Now;
        pull.Happened("closed", pull.Author, scene.Now);
        scene.Tell("pull_request", "closed", pull.Repository, pull, pull.Author);
        return $"#{pull.Number} was closed without a merge";
    }

    private static string? Reopen(Scene scene)
    {
        if (scene.Pull(pull => pull.State == "CLOSED" && pull.Commits.Count > 0) is not { } pull)
            return null;
        pull.ClosedAt = null;
        pull.Repository.Branches[pull.HeadRef] = pull.Commits[^1];
        pull.Happened("reopened", pull.Author, scene.Now);
        scene.Tell("pull_request", "reopened", pull.Repository, pull, pull.Author);
        return $"#{pull.Number} was reopened";
    }

    private static string? Revert(Scene scene)
    {
        if (scene.Pull(pull => pull.MergeCommit is not null) is not { } broken)
            return null;
        var repository = broken.Repository;
        var by = scene.Somebody();
        var pull = PullRequestChanges.New(scene, repository, by, $"Revert \"{broken.Title}\"");
        (pull.Body, pull.HeadRef) = ($"Reverts {repository.FullName}#{broken.Number}", $"revert-{broken.Number}-{broken.HeadRef}-{pull.Number}");
        pull.Add(scene.Forge(repository, broken).Commit($"{pull.Title}\n\nThis reverts commit {broken.MergeCommit!.Sha}.", scene.Signs(by), scene.Signs(by), repository.Head!));
        PullRequestChanges.Opened(scene, pull, by);
        return $"#{pull.Number} reverts #{broken.Number}";
    }
}
