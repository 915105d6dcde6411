using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Histories;

/// <summary>What happens to the default branch without a pull request.</summary>
internal static class PushChanges
{
    public static IReadOnlyList<ChangeKind> All { get; } = [new("push_to_default_branch", 5, Push), new("force_push_default_branch", 2, ForcePush)];

    private static string? Push(Scene scene)
    {
        if (scene.Somewhere() is not { Head: { } before } repository)
            return null;
        var by = scene.Somebody();
        var added = Write(scene, repository, before, by, scene.Dice.Between(1, 3));
        Land(scene, repository, before, added, by, isForced: false);
        return $"{added.Count} commits were pushed to {repository.DefaultBranchName}";
    }

    // The last commits are gone from the branch; others stand in their place.
    private static string? ForcePush(Scene scene)
    {
        if (scene.Somewhere() is not { Head: { } before } repository)
            return null;
        var by = scene.Somebody();
        var kept = before;
        var lost = 0;
        for (var depth = scene.Dice.Between(1, 5); lost < depth && kept.Parents.Count > 0; lost++)
            kept = kept.Parents[0];
        var added = Write(scene, repository, kept, by, scene.Dice.Between(1, 3));
        Land(scene, repository, before, added, by, isForced: true);
        return $"{lost} commits of {repository.DefaultBranchName} were replaced by {added.Count}";
    }

    private static List<Commit> Write(Scene scene, Repository repository, Commit from, Account by, int count)
    {
        var forge = scene.Forge(repository);
        var added = new List<Commit>();
        for (var head = from; added.Count < count;)
            added.Add(head = forge.Commit(Words.Title(scene.Dice), scene.Signs(by), scene.Signs(by), head));
        return added;
    }

    private static void Land(Scene scene, Repository repository, Commit before, List<Commit> added, Account by, bool isForced)
    {
        repository.Push(added[^1], scene.Now);
        scene.Tell("push", null, repository, new BranchPush(repository.DefaultBranchName, before.Sha, added[^1], added, isForced), by);
        new RunBook(scene).Start(repository, "push", repository.DefaultBranchName, added[^1], added[^1].Headline, by);
    }
}
