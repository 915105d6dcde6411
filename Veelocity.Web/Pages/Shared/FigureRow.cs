using CsvHelper;

namespace Veelocity.Web.Pages.Shared;

/// <summary>One number of a chart or table as a line of the downloaded file.</summary>
/// <param name="Value">In the unit beside it; empty where there is none (M3).</param>
/// <param name="Shown">As the page shows it.</param>
/// <param name="Partial">The bucket is cut off or not over yet (M5).</param>
/// <param name="Provisional">The bucket can still change although it is whole (M21).</param>
[CsvRecord]
internal sealed partial record FigureRow(
    [CsvColumn("of")] string Of,
    [CsvColumn("measure")] string Measure,
    [CsvColumn("value")] double? Value,
    [CsvColumn("unit")] string Unit,
    [CsvColumn("shown")] string Shown,
    [CsvColumn("partial")] bool Partial,
    [CsvColumn("provisional")] bool Provisional = false);
