using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Columns;

/// <summary>What was counted of some deployments, for all the metrics that count them.</summary>
internal sealed class DeploymentTally
{
    private const int ReleaseAt = 0, FailedAt = 1, ChangeAt = 2, FirstFailureAt = 3;
    private static readonly int FirstReworkAt = FirstFailureAt + Enum.GetValues<ChangeFailure>().Length;

    /// <summary>How many numbers a tally is made of.</summary>
    public static readonly int Width = FirstReworkAt + Enum.GetValues<Data.Rework>().Length;

    private readonly long[] counts = new long[Width];

    /// <summary>Successes that brought something new (M12).</summary>
    public long Releases => counts[ReleaseAt];

    /// <summary>Deployments that did not succeed (M9).</summary>
    public long Failed => counts[FailedAt];

    /// <summary>Releases that are not rollbacks: those that may fail (M21).</summary>
    public long Changes => counts[ChangeAt];

    public long FailedChanges => Sum(FirstFailureAt, FirstReworkAt);

    /// <summary>Neither failed so far nor old enough to be sure of.</summary>
    public long Provisional { get; private set; }

    public long Rework => Sum(FirstReworkAt, Width);

    public long FailedBy(ChangeFailure failure) => counts[FirstFailureAt + (int)failure];

    public long ReworkOf(Rework rework) => counts[FirstReworkAt + (int)rework];

    /// <summary>Counts one deployment.</summary>
    public void Add(DeploymentMarks marks, ChangeFailure? failedBy, Rework? rework, bool isYoung)
    {
        Span<int> one = stackalloc int[Width];
        Count(one, marks, failedBy, rework);
        for (var i = 0; i < Width; i++) counts[i] += one[i];
        if (isYoung) Provisional += Unsettled(one);
    }

    /// <summary>Counts those between two lines of running totals.</summary>
    /// <param name="young">The line from which on they can still fail.</param>
    public void Add(ReadOnlySpan<int> from, ReadOnlySpan<int> young, ReadOnlySpan<int> to)
    {
        for (var i = 0; i < Width; i++) counts[i] += to[i] - from[i];
        Provisional += Unsettled(to) - Unsettled(young);
    }

    /// <summary>Adds one deployment to a line of <see cref="Width"/> totals.</summary>
    public static void Count(Span<int> totals, DeploymentMarks marks, ChangeFailure? failedBy, Rework? rework)
    {
        if (marks.HasFlag(DeploymentMarks.Failed)) totals[FailedAt]++;
        if (!marks.HasFlag(DeploymentMarks.Release)) return;
        totals[ReleaseAt]++;
        if (rework is { } kind) totals[FirstReworkAt + (int)kind]++;
        if (marks.HasFlag(DeploymentMarks.Rollback)) return;
        totals[ChangeAt]++;
        if (failedBy is { } failure) totals[FirstFailureAt + (int)failure]++;
    }

    private static int Unsettled(ReadOnlySpan<int> totals)
    {
        var unsettled = totals[ChangeAt];
        foreach (var failed in totals[FirstFailureAt..FirstReworkAt]) unsettled -= failed;
        return unsettled;
    }

    private long Sum(int from, int to)
    {
        var sum = 0L;
        foreach (var count in counts.AsSpan(from..to)) sum += count;
        return sum;
    }
}
