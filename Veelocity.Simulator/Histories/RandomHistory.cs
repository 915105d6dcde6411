using Veelocity.Simulator.Seeding;
using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Histories;

/// <summary>Lets a world live on: each step is one change drawn at random, the same ones for the same seed and world.</summary>
public sealed class RandomHistory
{
    private static readonly IReadOnlyList<ChangeKind> All =
    [
        .. PullRequestChanges.All, .. MergeChanges.All, .. ReviewChanges.All, .. PushChanges.All, .. RunChanges.All, .. DeploymentChanges.All, .. ReleaseChanges.All,
        .. RepositoryChanges.All,
    ];

    private readonly World _world;
    private readonly Dice _dice;
    private readonly List<ChangeKind> _kinds;

    /// <summary>A history of all kinds of changes, or only of those named.</summary>
    public RandomHistory(World world, int seed, IEnumerable<string>? only = null)
    {
        (_world, _dice) = (world, new Dice(seed));
        _kinds = [.. only?.Select(Find) ?? All];
    }

    /// <summary>The names of all kinds of changes.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. All.Select(kind => kind.Name)];

    /// <summary>Makes one change, at this moment or, if the world is already later, then.</summary>
    public Change Step(DateTimeOffset now)
    {
        var left = _kinds.ToList();
        while (left.Count > 0)
        {
            var kind = Draw(left);
            if (Apply(_world, kind, new ChangeTarget(), now, _dice) is { } change)
                return change;
            left.Remove(kind);
        }

        throw new InvalidOperationException("None of these changes is possible in the world as it is: " + string.Join(", ", _kinds.Select(kind => kind.Name)));
    }

    /// <summary>Makes one change of a named kind; null when nothing fits it.</summary>
    public static Change? Apply(World world, string kind, ChangeTarget target, DateTimeOffset now, int seed = 1) => Apply(world, Find(kind), target, now, new Dice(seed));

    private static Change? Apply(World world, ChangeKind kind, ChangeTarget target, DateTimeOffset now, Dice dice) => world.Change(() =>
    {
        var whole = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var scene = new Scene(world, dice, whole < world.Now ? world.Now : whole, target);
        if (kind.Apply(scene) is not { } description)
            return null;
        world.Now = scene.Now;
        return new Change(kind.Name, scene.Now, scene.Place?.FullName, description);
    });

    private ChangeKind Draw(List<ChangeKind> from)
    {
        var draw = _dice.Between(1, from.Sum(kind => kind.Weight));
        return from.First(kind => (draw -= kind.Weight) <= 0);
    }

    private static ChangeKind Find(string name) =>
        All.FirstOrDefault(kind => kind.Name == name) ?? throw new ArgumentException($"There is no change called '{name}'. There are: {string.Join(", ", Kinds)}.", nameof(name));
}
