using System.Diagnostics;
using System.Globalization;

namespace Veelocity.Web.Tests;

/// <summary>
/// The processor time an action takes on its thread, which other work on the machine doesn't affect; elapsed time where the
/// system doesn't report it.
/// </summary>
internal static class ProcessorTime
{
    private const string OfThisThread = "/proc/thread-self/schedstat";

    public static TimeSpan Of(Action action)
    {
        var before = Now();
        action();
        return Now() - before;
    }

    // The first field is the time on a processor, in nanoseconds.
    private static TimeSpan Now() => File.Exists(OfThisThread)
        ? TimeSpan.FromTicks(long.Parse(File.ReadAllText(OfThisThread).Split(' ')[0], CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick)
        : Stopwatch.GetElapsedTime(0);
}
