using System.Buffers;
using System.Numerics;

namespace Veelocity.Web.Metrics.Columns;

/// <summary>
/// Durations in seconds, never negative, pooled from many repositories: their number, mean and exact percentiles, linearly interpolated
/// (M2). Null without any (M3).
/// </summary>
internal sealed class Sample : IDisposable
{
    private const int SortBelow = 4_096;

    // Numbers from 1 on are in the order of their binary forms: the exponent and the first eight bits of the fraction make a slice.
    private const int SliceShift = 44;
    private const int Slices = 40 << 8;

    private double[] values = ArrayPool<double>.Shared.Rent(1_024);

    public int Count { get; private set; }

    public double? Mean => Count == 0 ? null : Sum() / Count;

    public void Add(ReadOnlySpan<double> more)
    {
        Reserve(more.Length);
        more.CopyTo(values.AsSpan(Count));
        Count += more.Length;
    }

    public void Add(double value)
    {
        Reserve(1);
        values[Count++] = value;
    }

    public void Clear() => Count = 0;

    public double? Percentile(double fraction) => Percentiles([fraction])[0];

    /// <summary>One for each fraction, as PostgreSQL's <c>percentile_cont</c> has them.</summary>
    public double?[] Percentiles(ReadOnlySpan<double> fractions)
    {
        var answers = new double?[fractions.Length];
        if (Count == 0) return answers;
        var ranks = new Ranks(fractions, Count);
        var found = Count < SortBelow ? Sorted(ranks) : Selected(ranks);
        for (var i = 0; i < fractions.Length; i++)
        {
            var (position, below) = (fractions[i] * (Count - 1), (int)(fractions[i] * (Count - 1)));
            var (low, high) = (found[below], found[Math.Min(below + 1, Count - 1)]);
            answers[i] = low + ((position - below) * (high - low));
        }
        return answers;
    }

    /// <summary>How many lie from each edge on and before the next; the last slice is open.</summary>
    public long[] CountsBetween(double[] ascendingEdges)
    {
        var counts = new long[ascendingEdges.Length];
        foreach (var value in values.AsSpan(0, Count))
        {
            var i = ascendingEdges.Length - 1;
            while (i > 0 && value < ascendingEdges[i]) i--;
            counts[i]++;
        }
        return counts;
    }

    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(values);
        values = [];
    }

    private Dictionary<int, double> Sorted(Ranks ranks)
    {
        var sorted = values.AsSpan(0, Count);
        sorted.Sort();
        var found = new Dictionary<int, double>();
        foreach (var rank in ranks.Wanted) found[rank] = sorted[rank];
        return found;
    }

    /// <summary>Counts how many values fall into each narrow slice, and sorts only the slices that hold a wanted rank.</summary>
    private Dictionary<int, double> Selected(Ranks ranks)
    {
        var all = values.AsSpan(0, Count);
        var counts = new int[Slices];
        foreach (var value in all) counts[SliceOf(value)]++;

        // Where in its slice each rank stands; all slices that hold one are gathered at one go.
        var places = new List<(int Rank, int Slice, int Place)>();
        var members = new List<double>?[Slices];
        var (slice, before) = (0, 0);
        foreach (var rank in ranks.Wanted)
        {
            while (before + counts[slice] <= rank) before += counts[slice++];
            members[slice] ??= new List<double>(counts[slice]);
            places.Add((rank, slice, rank - before));
        }
        foreach (var value in all) members[SliceOf(value)]?.Add(value);

        foreach (var held in places.Select(place => place.Slice).Distinct()) members[held]!.Sort();
        return places.ToDictionary(place => place.Rank, place => members[place.Slice]![place.Place]);
    }

    private static int SliceOf(double seconds) =>
        (int)Math.Min((BitConverter.DoubleToInt64Bits(seconds + 1) - BitConverter.DoubleToInt64Bits(1)) >> SliceShift, Slices - 1);

    private double Sum()
    {
        var all = values.AsSpan(0, Count);
        var (lanes, rest, i) = (Vector<double>.Zero, 0.0, 0);
        for (; i <= all.Length - Vector<double>.Count; i += Vector<double>.Count) lanes += new Vector<double>(all[i..]);
        for (; i < all.Length; i++) rest += all[i];
        return Vector.Sum(lanes) + rest;
    }

    private void Reserve(int more)
    {
        if (Count + more <= values.Length) return;
        var wider = ArrayPool<double>.Shared.Rent(Math.Max(values.Length * 2, Count + more));
        values.AsSpan(0, Count).CopyTo(wider);
        ArrayPool<double>.Shared.Return(values);
        values = wider;
    }

    /// <summary>The places in the sorted order that the fractions ask for, in ascending order.</summary>
    private sealed class Ranks(ReadOnlySpan<double> fractions, int count)
    {
        public SortedSet<int> Wanted { get; } = Of(fractions, count);

        private static SortedSet<int> Of(ReadOnlySpan<double> fractions, int count)
        {
            var ranks = new SortedSet<int>();
            foreach (var fraction in fractions)
            {
                var below = (int)(fraction * (count - 1));
                ranks.Add(below);
                ranks.Add(Math.Min(below + 1, count - 1));
            }
            return ranks;
        }
    }
}
