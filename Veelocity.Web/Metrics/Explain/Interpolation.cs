using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Metrics.Explain;

/// <summary>Where a percentile lies among rows in order, and how it is worked out from the two around it (M2).</summary>
internal sealed record Interpolation(double Share, long Count)
{
    /// <summary>Counted from 0.</summary>
    public int Below => (int)Math.Floor(Place);

    /// <summary>How many rows are needed: one when it falls on a row.</summary>
    public int Needed => Part > 0 ? 2 : 1;

    private double Place => Share * (Count - 1);

    // Products such as 0.9 × 10 are not whole in binary.
    private double Part => Place - Math.Floor(Place) is var part && part < 1e-9 ? 0 : part;

    /// <param name="seconds">Of the rows around it, the smaller first.</param>
    public IReadOnlyList<string> InWords(string noun, IReadOnlyList<double> seconds)
    {
        var place = $"Place 1 + {N(Share)} × ({Numbers.Count(Count)} − 1) = {N(Place + 1)} of {Numbers.Count(Count, noun)} in order";
        if (Needed == 1 || seconds.Count < 2) return [$"{place}: no. {Numbers.Count(Below + 1)}, {Durations.Exact(seconds[0])}"];
        return
        [
            $"{place}: between no. {Numbers.Count(Below + 1)} and no. {Numbers.Count(Below + 2)}",
            $"{Durations.Exact(seconds[0])} + {N(Part)} × ({Durations.Exact(seconds[1])} − {Durations.Exact(seconds[0])}) = {Durations.Exact(Value(seconds))}",
        ];
    }

    public double Value(IReadOnlyList<double> seconds) => seconds.Count < 2 ? seconds[0] : seconds[0] + Part * (seconds[1] - seconds[0]);

    private static string N(double value) => Numbers.Amount(value, 2);
}
