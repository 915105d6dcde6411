using Veelocity.Web.Data;

namespace Veelocity.Web.Metrics.Columns;

/// <summary>The lead times that count of one repository, sorted by when they were deployed (see <see cref="DeployedChange"/>).</summary>
internal sealed class ChangeColumns
{
    public static readonly ChangeColumns None = new([], [], [], []);

    private readonly DateTime[] deployedAt;
    private readonly double[] leadSeconds;
    private readonly ServiceTable table = new();
    private readonly ushort[] services;

    // In most repositories every row is the first of its pull request, and a span of time is copied at one go: null then. Else the services
    // that had brought the same pull request to production before.
    private readonly ushort[]?[]? earlier;

    /// <param name="before">The services, apart by blanks, that had brought the same pull request to production before; null for none.</param>
    public ChangeColumns(DateTime[] deployedAt, double[] leadSeconds, Guid[] services, string?[] before)
    {
        (this.deployedAt, this.leadSeconds) = (deployedAt, leadSeconds);
        this.services = Array.ConvertAll(services, table.NumberOf);
        if (Array.TrueForAll(before, ids => ids is null)) return;
        var known = new Dictionary<string, ushort[]>(StringComparer.Ordinal);
        earlier = Array.ConvertAll(before, ids => ids is null ? null
            : known.TryGetValue(ids, out var same) ? same
            : known[ids] = [.. ids.Split(' ').Select(id => table.NumberOf(Guid.Parse(id)))]);
    }

    public int Count => deployedAt.Length;

    /// <summary>About how much memory it takes.</summary>
    public long Bytes => Count * (earlier is null ? 18L : 26L);

    public bool[]? MaskOf(IReadOnlySet<Guid>? asked) => table.MaskOf(asked);

    /// <summary>Adds the lead times of a span of time, of each pull request the first in the services that are asked for.</summary>
    /// <param name="mask">Which services; null for all.</param>
    public void AddTo(Sample sample, bool[]? mask, WorkingTime? working, Instants span)
    {
        var (start, length) = ColumnWindow.Between(deployedAt, span.From, span.To).GetOffsetAndLength(Count);
        if (mask is null && working is null && earlier is null)
        {
            sample.Add(leadSeconds.AsSpan(start, length));
            return;
        }
        for (var i = start; i < start + length; i++)
        {
            if ((mask is null || mask[services[i]]) && IsFirst(i, mask)) sample.Add(SecondsOf(i, working));
        }
    }

    private bool IsFirst(int row, bool[]? mask)
    {
        if (earlier?[row] is not { } before) return true;
        if (mask is null) return false;
        foreach (var service in before)
        {
            if (mask[service]) return false;
        }
        return true;
    }

    private double SecondsOf(int row, WorkingTime? working)
    {
        if (working is null) return leadSeconds[row];
        var end = new DateTimeOffset(deployedAt[row]);
        return working.Seconds(end.AddSeconds(-leadSeconds[row]), end);
    }
}
