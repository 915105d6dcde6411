using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Columns;

/// <summary>What a metric asks of a deployment.</summary>
[Flags]
internal enum DeploymentMarks : short
{
    None = 0,
    Production = 1,
    Release = 2,
    Rollback = 4,

    /// <summary>Did not succeed (M9).</summary>
    Failed = 8,
}

/// <summary>The deployments that count of one repository, sorted by when they finished (see <see cref="Deployment"/>).</summary>
internal sealed class DeploymentColumns(
    DateTime[] finishedAt, DeploymentMarks[] marks, ChangeFailure?[] failedBy, Rework?[] rework, Guid[] services, string[] environments)
{
    public static readonly DeploymentColumns None = new([], [], [], [], [], []);

    public int Count => finishedAt.Length;

    /// <summary>Adds to each span's tally the deployments that finished in it; the spans follow each other in time.</summary>
    /// <param name="sureUntil">What was released later can still fail.</param>
    public void AddTo(DeploymentTally[] tallies, IReadOnlyList<Instants> spans, Filter filter, DateTimeOffset sureUntil)
    {
        if (spans.Count == 0) return;
        var (start, length) = ColumnWindow.Between(finishedAt, spans[0].From, spans[^1].To).GetOffsetAndLength(Count);
        var span = 0;
        for (var i = start; i < start + length; i++)
        {
            while (finishedAt[i] >= spans[span].To.UtcDateTime) span++;
            var isAsked = filter.Environment is { } name
                ? string.Equals(environments[i], name, StringComparison.Ordinal)
                : marks[i].HasFlag(DeploymentMarks.Production);
            if (isAsked && (filter.ServiceId is null || services[i] == filter.ServiceId))
                tallies[span].Add(marks[i], failedBy[i], rework[i], finishedAt[i] > sureUntil.UtcDateTime);
        }
    }
}
