using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>Makes up an organization with people, repositories and their history, by running its days in order.</summary>
public static class SeededWorld
{
    /// <summary>The world of these options.</summary>
    public static World Create(SeedOptions options)
    {
        var setting = new Setting(options).Populate();
        foreach (var plan in RepositoryPlan.For(options))
            new RepositoryStory(setting, plan).Begin();
        setting.Clock.RunUntil(options.Now);
        foreach (var repository in setting.World.Repositories.Where(repository => repository.PushedAt is { } pushed && repository.UpdatedAt < pushed))
            repository.UpdatedAt = repository.PushedAt!.Value;
        return setting.World;
    }
}
