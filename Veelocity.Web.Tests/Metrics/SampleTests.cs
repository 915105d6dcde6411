using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Veelocity.Web.Metrics.Columns;

namespace Veelocity.Web.Tests.Metrics;

public sealed class SampleTests
{
    private static readonly double[] Fractions = [0.5, 0.75, 0.9, 0.95, 0, 1];

    [Fact]
    public void M2_the_median_of_one_and_three_is_two()
    {
        using var sample = new Sample();
        sample.Add(3);
        sample.Add(1);
        Assert.Equal((2.0, 2.0), (sample.Percentile(0.5), sample.Mean));
    }

    [Fact]
    public void M3_nothing_has_neither_mean_nor_percentiles()
    {
        using var sample = new Sample();
        Assert.Null(sample.Mean);
        Assert.All(sample.Percentiles(Fractions), Assert.Null);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(60_001)]
    public void M2_percentiles_of_few_and_of_very_many_are_those_of_the_sorted_row(int count)
    {
        var dice = new System.Random(count);
        // Many alike, many zeros, some very long.
        var values = Enumerable.Range(0, count).Select(i => (i % 5) switch
        {
            0 => 0,
            1 => 3_600,
            2 => dice.NextDouble(),
            3 => Math.Round(Math.Exp(dice.NextDouble() * 21)),
            _ => dice.Next(100_000),
        }).ToArray();
        using var sample = new Sample();
        sample.Add(values);
        Assert.Equal(values.Average(), sample.Mean!.Value, 1e-9 * values.Average());
        Assert.Equal(Fractions.Select(fraction => (double?)Slowly(values, fraction)), sample.Percentiles(Fractions));
    }

    [Property(MaxTest = 200)]
    public bool M2_percentiles_are_those_of_the_sorted_row(NonEmptyArray<NonNegativeInt> seconds)
    {
        double[] values = [.. seconds.Get.Select(each => each.Get / 4.0)];
        using var sample = new Sample();
        foreach (var value in values) sample.Add(value);
        return Fractions.All(fraction => sample.Percentile(fraction) == Slowly(values, fraction));
    }

    [Fact]
    public void Slices_count_from_their_edge_on_and_the_last_is_open()
    {
        using var sample = new Sample();
        sample.Add([0, 9.9, 10, 19, 20, 1e9]);
        Assert.Equal([2, 2, 2], sample.CountsBetween([0, 10, 20]));
    }

    private static double Slowly(double[] values, double fraction)
    {
        var sorted = values.Order().ToArray();
        var position = fraction * (sorted.Length - 1);
        var below = (int)position;
        return sorted[below] + ((position - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
