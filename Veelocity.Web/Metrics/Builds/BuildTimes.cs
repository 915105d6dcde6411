using System.Runtime.InteropServices;
using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Builds;

/// <summary>An attempt of a build, as the metrics read it (see <see cref="Build"/>): a place in the columns.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct BuildTimes(BuildColumns columns, int at)
{
    public DateTime StartedAt => columns.StartedAt[at];

    /// <summary>Its place among the organization's repositories.</summary>
    public int Repository => columns.Repository[at];

    public BuildPlatform Platform => columns.Platform[at];
    public BuildOutcome Outcome => columns.Outcome[at];
    public BuildOutcome Eventual => columns.Eventual[at];
    public int Attempt => columns.Attempt[at];
    public bool IsFirst => columns.IsFirst[at];
    public bool IsFlaky => columns.IsFlaky[at];
    public double? Duration => Known(columns.Duration[at]);
    public double? Queue => Known(columns.Queue[at]);

    /// <summary>How it failed; null when it did not.</summary>
    public BuildFailures.Cause? Cause => columns.Cause[at];

    public bool IsCompleted => Outcome is BuildOutcome.Succeeded or BuildOutcome.Failed;

    private static double? Known(double seconds) => double.IsNaN(seconds) ? null : seconds;
}

/// <summary>A repository that has builds.</summary>
internal sealed record BuildRepository(Guid Id, string Name);
