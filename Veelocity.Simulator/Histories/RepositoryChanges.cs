using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Histories;

/// <summary>What happens to whole repositories and to accounts.</summary>
internal static class RepositoryChanges
{
    // A random history leaves something to live in.
    private const int LeastAlive = 3;

    public static IReadOnlyList<ChangeKind> All { get; } =
    [
        new("create_repository", 1, Create), new("rename_repository", 1, Rename), new("archive_repository", 1, Archive), new("unarchive_repository", 1, Unarchive),
        new("delete_repository", 1, Delete), new("hide_repository", 1, Hide), new("show_repository", 1, Show), new("rename_default_branch", 1, RenameDefaultBranch),
        new("delete_account", 1, DeleteAccount),
    ];

    private static string? Create(Scene scene)
    {
        if (scene.Choose(scene.World.Repositories) is not { } neighbour)
            return null;
        var by = scene.Somebody();
        var name = scene.Target.Name ?? $"new-{scene.World.NextId()}";
        var repository = scene.World.Add(new Repository(scene.World, scene.World.NextId(), neighbour.Owner, name) { IsPrivate = true, CreatedAt = scene.Now, UpdatedAt = scene.Now });
        var first = scene.Forge(repository).Commit("Initial commit", scene.Signs(by), scene.Signs(by));
        repository.Push(first, scene.Now);
        scene.Choose([repository]);
        scene.Tell("repository", "created", repository, repository, by);
        return $"{repository.FullName} was created";
    }

    private static string? Rename(Scene scene)
    {
        if (scene.Somewhere() is not { } repository)
            return null;
        var before = repository.Name;
        scene.World.Rename(repository, scene.Target.Name ?? $"{before.Split("--")[0]}--{scene.World.NextId()}");
        repository.UpdatedAt = scene.Now;
        scene.Tell("repository", "renamed", repository, repository, scene.Somebody(), before);
        return $"{before} is called {repository.Name} now";
    }

    private static string? Archive(Scene scene) => Expendable(scene) is not { } repository ? null : Toggle(scene, repository, true);

    private static string? Unarchive(Scene scene) =>
        scene.Choose(scene.World.Repositories.Where(candidate => candidate.IsArchived && !candidate.IsHidden)) is { } repository ? Toggle(scene, repository, false) : null;

    private static string Toggle(Scene scene, Repository repository, bool isArchived)
    {
        (repository.IsArchived, repository.UpdatedAt) = (isArchived, scene.Now);
        scene.Tell("repository", isArchived ? "archived" : "unarchived", repository, repository, scene.Somebody());
        return $"{repository.FullName} was {(isArchived ? "archived" : "unarchived")}";
    }

    private static string? Delete(Scene scene)
    {
        if (Expendable(scene) is not { } repository)
            return null;
        scene.World.Delete(repository);
        scene.Tell("repository", "deleted", repository, repository, scene.Somebody());
        return $"{repository.FullName} was deleted";
    }

    private static string? Hide(Scene scene)
    {
        if (Expendable(scene) is not { } repository)
            return null;
        repository.IsHidden = true;
        return $"{repository.FullName} is out of the token's reach";
    }

    private static string? Show(Scene scene)
    {
        if (scene.Choose(scene.World.Repositories.Where(candidate => candidate.IsHidden)) is not { } repository)
            return null;
        repository.IsHidden = false;
        return $"{repository.FullName} is within reach again";
    }

    // Open pull requests follow to the new name, closed ones keep the old.
    private static string? RenameDefaultBranch(Scene scene)
    {
        if (scene.Somewhere() is not { } repository)
            return null;
        var before = repository.DefaultBranchName;
        var name = scene.Target.Name ?? (before == "main" ? "trunk" : "main");
        repository.Branches.Remove(before, out var head);
        repository.Branches[name] = head!;
        (repository.DefaultBranchName, repository.UpdatedAt) = (name, scene.Now);
        foreach (var pull in repository.PullRequests.FindAll(pull => pull.State == "OPEN" && pull.BaseRef == before))
        {
            pull.BaseRef = name;
            pull.Touch(scene.Now);
        }

        scene.Tell("repository", "edited", repository, repository, scene.Somebody(), before);
        return $"the default branch {before} is called {name} now";
    }

    private static string? DeleteAccount(Scene scene)
    {
        var people = scene.World.Accounts.Where(account => account.Kind == AccountKind.User && account.Email is not null && account.Login != "web-flow"
            && (scene.Target.Name is null || account.Login == scene.Target.Name)).ToList();
        if (people.Count <= (scene.Target.Name is null ? 5 : 0))
            return null;
        var gone = scene.Dice.Pick(people);
        scene.World.Delete(gone);
        return $"the account {gone.Login} was deleted";
    }

    private static Repository? Expendable(Scene scene) => scene.Target.Repository is null && scene.Alive.Count() <= LeastAlive ? null : scene.Somewhere();
}
