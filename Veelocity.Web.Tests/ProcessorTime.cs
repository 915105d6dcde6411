using System.Diagnostics;
using System.Globalization;

namespace Veelocity.Web.Tests;

/// <summary>The processor time an action takes on its thread, which other work on the machine doesn't lengthen; its duration where the system doesn't say.</summary>
internal static class ProcessorTime
{
    private const string OfThisThread = "/proc/thread-self/schedstat";

    public static TimeSpan Of(Action action)
    {
        var before = Now();
        action();
        return Now() - before;
    }

    // Nanoseconds on a processor come first.
    private static TimeSpan Now() => File.Exists(OfThisThread)
        ? TimeSpan.FromTicks(long.Parse(File.ReadAllText(OfThisThread).Split(' ')[0], CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick)
        : Stopwatch.GetElapsedTime(0);
}
