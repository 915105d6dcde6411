namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>Chance with a seed: the same seed gives the same world.</summary>
internal sealed class Dice(int seed)
{
#pragma warning disable CA5394 // not a secret
    private readonly Random random = new(seed);

    public int Below(int end) => random.Next(end);

    public bool Chance(int percent) => random.Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>A span in whole seconds.</summary>
    public TimeSpan Span(double fromHours, double toHours) =>
        TimeSpan.FromSeconds(Math.Floor((fromHours + ((toHours - fromHours) * random.NextDouble())) * 3600));

    /// <summary>The same with milliseconds, as chats and issue trackers have them.</summary>
    public TimeSpan ExactSpan(double fromHours, double toHours) => Span(fromHours, toHours) + TimeSpan.FromMilliseconds(random.Next(1000));

    public string Sha()
    {
        var bytes = new byte[20];
        random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
#pragma warning restore CA5394
}
