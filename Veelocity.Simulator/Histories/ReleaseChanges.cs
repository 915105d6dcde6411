using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Histories;

/// <summary>What happens to releases.</summary>
internal static class ReleaseChanges
{
    public static IReadOnlyList<ChangeKind> All { get; } =
        [new("publish_release", 3, Publish), new("draft_release", 1, Draft), new("publish_draft", 2, PublishDraft), new("edit_release", 2, Edit), new("delete_release", 1, Delete)];

    private static string? Publish(Scene scene)
    {
        if (New(scene) is not { } release)
            return null;
        release.IsPrerelease = scene.Dice.Chance(0.2);
        Out(scene, release);
        return $"release {release.TagName} was published";
    }

    private static string? Draft(Scene scene)
    {
        if (New(scene) is not { } release)
            return null;
        (release.IsDraft, release.CreatedAt) = (true, scene.Now);
        scene.Tell("release", "created", release.Repository, release, release.Author);
        return $"release {release.TagName} was drafted";
    }

    private static string? PublishDraft(Scene scene)
    {
        if (Find(scene, release => release.IsDraft) is not { } release)
            return null;
        release.IsDraft = false;
        Out(scene, release);
        return $"the draft {release.TagName} was published";
    }

    private static string? Edit(Scene scene)
    {
        if (Find(scene, _ => true) is not { } release)
            return null;
        release.Name = scene.Target.Name ?? $"{release.TagName} ({scene.Dice.Between(2, 99)})";
        release.EditedAt = scene.Now;
        scene.Tell("release", "edited", release.Repository, release, release.Author);
        return $"release {release.TagName} is called '{release.Name}' now";
    }

    private static string? Delete(Scene scene)
    {
        if (Find(scene, _ => true) is not { } release)
            return null;
        release.Repository.Remove(release);
        scene.Tell("release", "deleted", release.Repository, release, scene.Somebody());
        return $"release {release.TagName} was deleted";
    }

    private static Release? New(Scene scene)
    {
        if (scene.Somewhere() is not { Head: { } head } repository)
            return null;
        var tag = scene.Target.Name ?? $"v2.{scene.World.NextId()}.0";
        return repository.Add(new Release(repository, scene.World.NextId(), tag) { CreatedAt = head.Committer.Date, Author = scene.Somebody(), Body = "What is new." });
    }

    private static void Out(Scene scene, Release release)
    {
        var repository = release.Repository;
        if (!repository.Tags.Exists(tag => tag.Name == release.TagName))
            repository.Tags.Add(new Tag(release.TagName, repository.Head!));
        (release.PublishedAt, release.EditedAt) = (scene.Now, null);
        scene.Tell("release", "published", repository, release, release.Author);
        scene.Tell("release", release.IsPrerelease ? "prereleased" : "released", repository, release, release.Author);
    }

    private static Release? Find(Scene scene, Predicate<Release> fits) => scene.Something(
        repository => repository.Releases, release => scene.IsAsked(release.Id) && (scene.Target.Name is null || release.TagName == scene.Target.Name || !fits(release)) && fits(release));
}
