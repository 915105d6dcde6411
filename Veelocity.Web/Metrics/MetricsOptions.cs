using System.ComponentModel.DataAnnotations;

namespace Veelocity.Web.Metrics;

/// <summary>How numbers are computed (section <c>Metrics</c>).</summary>
public sealed class MetricsOptions
{
    /// <summary>Megabytes that may be held of what metrics read; a million pull requests take about fifty. Those asked for longest ago go first.</summary>
    [Range(16, 1_000_000)]
    public int ColumnMegabytes { get; init; } = 512;

    /// <summary>Answers that are kept of each organization until a row of it changes; 0 works everything out anew.</summary>
    [Range(0, 100_000)]
    public int KeptAnswers { get; init; } = 1_000;
}
