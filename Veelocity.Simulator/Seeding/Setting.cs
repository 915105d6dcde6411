using Veelocity.Simulator.Worlds;

namespace Veelocity.Simulator.Seeding;

/// <summary>What every part of the making shares: the world, chance, time, people, and the one bad fortnight.</summary>
internal sealed class Setting(SeedOptions options)
{
    public World World { get; } = new(options.Now);
    public Dice Dice { get; } = new(options.Seed);
    public Clockwork Clock { get; } = new();
    public IssueNames Issues { get; } = new();
    public People People { get; private set; } = null!;
    public SeedOptions Options { get; } = options;
    public DateTimeOffset Start { get; } = options.Now.AddMonths(-options.Months);
    public DateTimeOffset End { get; } = options.Now;

    /// <summary>From six to four weeks before the end everything took longer and broke more often.</summary>
    public bool IsBad(DateTimeOffset at) => at >= End.AddDays(-42) && at < End.AddDays(-28);

    public double Slowness(DateTimeOffset at) => IsBad(at) ? 3 : 1;

    public Setting Populate()
    {
        People = new People(World, Dice);
        return this;
    }
}
