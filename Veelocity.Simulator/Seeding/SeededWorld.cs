using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>Makes up an organization with people, repositories and their history.</summary>
public static class SeededWorld
{
    /// <summary>The world of these options.</summary>
    public static World Create(SeedOptions options) => new(options.Now);
}
