using System.ComponentModel.DataAnnotations;

namespace Veelocity.Web.Metrics;

/// <summary>How numbers are computed (section <c>Metrics</c>).</summary>
public sealed class MetricsOptions
{
    /// <summary>Megabytes that may be held of what metrics read; a million pull requests take about fifty. Those asked for longest ago go first.</summary>
    [Range(16, 1_000_000)]
    public int ColumnMegabytes { get; init; } = 512;
}
