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

    private readonly (ServiceTable Table, ushort[] Numbers) services = Numbered(services);

    // What was counted of production before each row, and of all at the end: any span is the difference of two lines.
    private readonly int[] totals = TotalsOf(marks, failedBy, rework);

    public int Count => finishedAt.Length;

    /// <summary>About how much memory it takes.</summary>
    public long Bytes => Count * (36L + (sizeof(int) * DeploymentTally.Width));

    public bool[]? MaskOf(IReadOnlySet<Guid>? asked) => services.Table.MaskOf(asked);

    /// <summary>Whether this environment is one of production's.</summary>
    public bool HasProduction(string environment) =>
        environments.Index()
            .Any(row => row.Item == environment && marks[row.Index].HasFlag(DeploymentMarks.Production));

    /// <summary>Adds to each span's tally the deployments that finished in it; the spans follow each other in time.</summary>
    /// <param name="mask">Of which services; null for all.</param>
    /// <param name="environment">A name; null for production.</param>
    /// <param name="sureUntil">What was released later can still fail.</param>
    public void AddTo(DeploymentTally[] tallies, IReadOnlyList<Instants> spans, bool[]? mask, string? environment, DateTimeOffset sureUntil)
    {
        if (spans.Count == 0) return;
        if (mask is null && environment is null)
        {
            for (var i = 0; i < spans.Count; i++)
            {
                var (from, to) = (ColumnWindow.First(finishedAt, spans[i].From), ColumnWindow.First(finishedAt, spans[i].To));
                if (from < to) tallies[i].Add(Line(from), Line(Math.Clamp(ColumnWindow.FirstAfter(finishedAt, sureUntil), from, to)), Line(to));
            }
            return;
        }
        var (start, length) = ColumnWindow.Between(finishedAt, spans[0].From, spans[^1].To).GetOffsetAndLength(Count);
        var span = 0;
        for (var i = start; i < start + length; i++)
        {
            while (finishedAt[i] >= spans[span].To.UtcDateTime) span++;
            var isAsked = environment is null
                ? marks[i].HasFlag(DeploymentMarks.Production)
                : string.Equals(environments[i], environment, StringComparison.Ordinal);
            if (isAsked && (mask is null || mask[services.Numbers[i]]))
                tallies[span].Add(marks[i], failedBy[i], rework[i], finishedAt[i] > sureUntil.UtcDateTime);
        }
    }

    private ReadOnlySpan<int> Line(int row) => totals.AsSpan(row * DeploymentTally.Width, DeploymentTally.Width);

    private static int[] TotalsOf(DeploymentMarks[] marks, ChangeFailure?[] failedBy, Rework?[] rework)
    {
        var (width, lines) = (DeploymentTally.Width, new int[(marks.Length + 1) * DeploymentTally.Width]);
        for (var i = 0; i < marks.Length; i++)
        {
            var next = lines.AsSpan((i + 1) * width, width);
            lines.AsSpan(i * width, width).CopyTo(next);
            if (marks[i].HasFlag(DeploymentMarks.Production)) DeploymentTally.Count(next, marks[i], failedBy[i], rework[i]);
        }
        return lines;
    }

    private static (ServiceTable, ushort[]) Numbered(Guid[] ids)
    {
        var table = new ServiceTable();
        return (table, Array.ConvertAll(ids, table.NumberOf));
    }
}
