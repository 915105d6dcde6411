using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Columns;

/// <summary>What was counted of some deployments, for all the metrics that count them.</summary>
internal sealed class DeploymentTally
{
    private readonly long[] failures = new long[Enum.GetValues<ChangeFailure>().Length];
    private readonly long[] reworks = new long[Enum.GetValues<Rework>().Length];

    /// <summary>Successes that brought something new (M12).</summary>
    public long Releases { get; private set; }

    /// <summary>Deployments that did not succeed (M9).</summary>
    public long Failed { get; private set; }

    /// <summary>Releases that are not rollbacks: those that may fail (M21).</summary>
    public long Changes { get; private set; }

    public long FailedChanges => failures.Sum();

    /// <summary>Neither failed so far nor old enough to be sure of.</summary>
    public long Provisional { get; private set; }

    public long Rework => reworks.Sum();

    public long FailedBy(ChangeFailure failure) => failures[(int)failure];

    public long ReworkOf(Rework rework) => reworks[(int)rework];

    public void Add(DeploymentMarks marks, ChangeFailure? failedBy, Rework? rework, bool isYoung)
    {
        if (marks.HasFlag(DeploymentMarks.Failed)) Failed++;
        if (!marks.HasFlag(DeploymentMarks.Release)) return;
        Releases++;
        if (rework is { } kind) reworks[(int)kind]++;
        if (marks.HasFlag(DeploymentMarks.Rollback)) return;
        Changes++;
        if (failedBy is { } failure) failures[(int)failure]++;
        else if (isYoung) Provisional++;
    }
}
