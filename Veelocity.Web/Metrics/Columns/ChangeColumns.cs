using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Columns;

/// <summary>The lead times that count of one repository, sorted by when they were deployed (see <see cref="DeployedChange"/>).</summary>
internal sealed class ChangeColumns(DateTime[] deployedAt, double[] leadSeconds, bool[] isFirst, Guid[] services)
{
    public static readonly ChangeColumns None = new([], [], [], []);

    // In most repositories every row is the first of its pull request, and a span of time is copied at one go.
    private readonly bool areAllFirst = isFirst.All(first => first);

    public int Count => deployedAt.Length;

    /// <summary>Adds the lead times of a span of time: of one service, or of each pull request the first of all services.</summary>
    public void AddTo(Sample sample, Filter filter, Instants span)
    {
        var (start, length) = ColumnWindow.Between(deployedAt, span.From, span.To).GetOffsetAndLength(Count);
        if (filter is { ServiceId: null, Working: null } && areAllFirst)
        {
            sample.Add(leadSeconds.AsSpan(start, length));
            return;
        }
        for (var i = start; i < start + length; i++)
        {
            if (filter.ServiceId is null ? isFirst[i] : services[i] == filter.ServiceId) sample.Add(SecondsOf(i, filter));
        }
    }

    private double SecondsOf(int row, Filter filter)
    {
        if (filter.Working is not { } working) return leadSeconds[row];
        var end = new DateTimeOffset(deployedAt[row]);
        return working.Seconds(end.AddSeconds(-leadSeconds[row]), end);
    }
}
