using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Html;

namespace Veelocity.Web.Pages.Shared;

/// <summary>A chart as a page shows it: the answer in words, what it means, the numbers, and where they come from.</summary>
/// <param name="Title">The answer in words.</param>
/// <param name="Subtitle">The definition.</param>
/// <param name="InWords">For readers who do not see the drawing.</param>
/// <param name="CsvHref">The rows behind it, as a file; null when there are none to give.</param>
internal sealed record ChartView(string Id, string Title, string Subtitle, string InWords, ChartData Data, string? CsvHref = null)
{
    public bool HasPartial => Data.Partial.Contains(true) && Data.Series.Any(series => !series.Dashed);
}

/// <summary>The numbers of a chart, as <c>js/chart.js</c> reads them.</summary>
/// <param name="First">What the labels are, for the table: "Week", "Day".</param>
/// <param name="Partial">Which buckets are cut off or not over yet (M5).</param>
/// <param name="Unit">What follows the figures of the left axis, such as " d".</param>
/// <param name="Hrefs">The rows behind each bucket.</param>
internal sealed record ChartData(
    [property: JsonIgnore] string First,
    IReadOnlyList<string> Labels,
    IReadOnlyList<bool> Partial,
    string Unit,
    IReadOnlyList<ChartSeries> Series,
    IReadOnlyList<string?>? Hrefs = null,
    string? RightUnit = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    // The default encoder escapes <, > and &, so the block cannot be left from within.
    public IHtmlContent ToJson() => new HtmlString(JsonSerializer.Serialize(this, Json));
}

/// <summary>One line or set of bars. A null value is a gap, never a zero (M3).</summary>
/// <param name="Colour">A token's name: navy, teal, …</param>
/// <param name="Texts">Each value as people read it.</param>
/// <param name="Axis">y2 for the right axis.</param>
internal sealed record ChartSeries(
    string Name, string Colour, string Kind, IReadOnlyList<double?> Values, IReadOnlyList<string> Texts, bool Dashed = false, string? Axis = null)
{
    public const string Bars = "bar";
    public const string Line = "line";
}
