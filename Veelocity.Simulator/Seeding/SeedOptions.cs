namespace Veelocity.Simulator.Seeding;

/// <summary>What world to make up: the same options give the same world, to the last hash.</summary>
public sealed record SeedOptions
{
    /// <summary>Another number, another world.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The moment at which history ends.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How many repositories; the first seven have a story each, the rest are services deployed by a workflow.</summary>
    public int Repositories { get; init; } = 7;

    /// <summary>One repository more: <c>platform</c>, where three services live, each deployed by a workflow and an environment of its own.</summary>
    public bool Monorepo { get; init; }

    /// <summary>How many pull requests in all, about.</summary>
    public int PullRequests { get; init; } = 1_500;

    /// <summary>Most of a repository's work is done by one team, as in a real organization.</summary>
    public bool HasTeams { get; init; }

    /// <summary>How far back history goes.</summary>
    public int Months { get; init; } = 18;

    /// <summary>The start of the day it is.</summary>
    public static DateTimeOffset Today(TimeProvider clock) => new(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
}
