namespace Veelocity.Simulator.Seeding;

/// <summary>Chance that comes out the same for the same seed.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    public bool Chance(double share) => _random.NextDouble() < share;

    public int Between(int least, int most) => _random.Next(least, most + 1);

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>A length of time with this median and a long tail, as waiting times have.</summary>
    public TimeSpan Around(double medianHours, double spread = 0.8)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return Seconds(TimeSpan.FromHours(medianHours * Math.Exp(spread * normal)));
    }

    public TimeSpan Minutes(double least, double most) => Seconds(TimeSpan.FromMinutes(least + (_random.NextDouble() * (most - least))));

    public DateTimeOffset Moment(DateTimeOffset from, DateTimeOffset to) => from + Seconds((to - from) * _random.NextDouble());

    private static TimeSpan Seconds(TimeSpan span) => TimeSpan.FromSeconds(Math.Round(span.TotalSeconds));
}
