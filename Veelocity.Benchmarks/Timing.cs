using System.Diagnostics;

namespace Veelocity.Benchmarks;

/// <summary>Times of repeated requests in milliseconds.</summary>
internal sealed record Timing(double Median, double P95, double Worst)
{
    // Enough for the compiler to have done with what is asked.
    private const int WarmUp = 60;

    /// <summary>Asks one after another, the first ones unmeasured.</summary>
    public static async Task<Timing> OfAsync(int requests, Func<Task> ask)
    {
        for (var i = 0; i < WarmUp; i++) await ask();
        // The compiler puts in its better code only once nothing new is asked for a while.
        await Task.Delay(500);
        for (var i = 0; i < WarmUp; i++) await ask();
        var times = new List<double>(requests);
        for (var i = 0; i < requests; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await ask();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        return new Timing(At(times, 0.5), At(times, 0.95), times[^1]);
    }

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
}
