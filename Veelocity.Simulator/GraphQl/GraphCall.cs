using GraphQL;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.GraphQl;

/// <summary>What the resolvers of one query need to know: who asks, what it costs, where the simulator stands.</summary>
internal sealed class GraphCall(World world, Caller caller, string webUrl, int cost, long nodeCount, Budget budget) : Dictionary<string, object?>(StringComparer.Ordinal)
{
    public World World { get; } = world;
    public Caller Caller { get; } = caller;
    public string WebUrl { get; } = webUrl;
    public int Cost { get; } = cost;
    public long NodeCount { get; } = nodeCount;
    public Budget Budget { get; } = budget;

    /// <summary>The repository with this name, or that once had it, if the caller sees it.</summary>
    public Repository? Repository(string owner, string name, bool followRenames) =>
        (World.FindRepository(owner, name) ?? (followRenames ? World.FindRenamed(owner, name) : null)) is { } repository && Caller.Sees(repository) ? repository : null;

    public static GraphCall Of(IResolveFieldContext context) => (GraphCall)context.UserContext;
}
