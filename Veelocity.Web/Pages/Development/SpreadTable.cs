using Veelocity.Web.Metrics.Development;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Pages.Development;

/// <summary>Percentiles of several durations under each other.</summary>
internal static class SpreadTable
{
    public const string Id = "spreads";

    public static GroupTable Of(WorkView view, string csvHref, string nouns, params IReadOnlyList<(string Name, ExplainedMetric Metric, Spread Of)> lines) => new(
        Id, "How it spreads", "Half are faster than the median, one in ten is slower than the 90th percentile", "Time", [nouns, "Median", "75th", "90th", "95th", "Mean"],
        [.. lines.Select(line => new GroupTable.Line(line.Name, null,
        [
            new(line.Of.Count, "", Numbers.Count(line.Of.Count), null, view.Why(line.Metric)),
            Cell(view, line.Metric, line.Of.P50, Figure.Headline), Cell(view, line.Metric, line.Of.P75, Figure.P75), Cell(view, line.Metric, line.Of.P90, Figure.P90),
            Cell(view, line.Metric, line.Of.P95, Figure.P95), Cell(view, line.Metric, line.Of.Mean, Figure.Mean),
        ]))],
        csvHref);

    private static GroupTable.Cell Cell(WorkView view, ExplainedMetric metric, double? seconds, Figure figure) => seconds is { } known
        ? new(known, "s", Durations.Short(known), Durations.Exact(known), view.Why(metric, figure))
        : new(null, "s", "—");
}
