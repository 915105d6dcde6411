namespace Veelocity.Web.Pages.Shared;

/// <summary>Charts under each other that share the axis of time, with one table for all.</summary>
/// <param name="Charts">With the same labels, from top to bottom.</param>
internal sealed record Multiples(string Id, string Title, string Subtitle, IReadOnlyList<ChartView> Charts, string CsvHref)
{
    public ChartData First => Charts[0].Data;

    public bool HasPartial => Charts.Any(chart => chart.HasPartial);

    public IEnumerable<FigureRow> Rows() => Charts.SelectMany(chart => chart.Rows());
}
