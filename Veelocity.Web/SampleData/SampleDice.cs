namespace Veelocity.Web.SampleData;

/// <summary>Chance that falls the same way each time, so that the sample tells the same story to everyone.</summary>
internal sealed class SampleDice(int seed)
{
    private readonly Random random = new(seed);

    public bool Chance(double share) => random.NextDouble() < share;

    public int Between(int least, int most) => random.Next(least, most + 1);

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public TimeSpan Minutes(int least, int most) => TimeSpan.FromSeconds(random.Next(least * 60, most * 60));

    /// <summary>As times at work are spread: half are shorter than the median, one in twenty more than five times as long.</summary>
    public TimeSpan Around(TimeSpan median) => median * Math.Exp(Math.Clamp(Normal(), -2.2, 2.2));

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
