using CsvHelper;
using Veelocity.Web.Metrics.People;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Pages.Developers;

/// <summary>Something that a person did, as a line of the downloaded file.</summary>
[CsvRecord]
internal sealed partial record TimelineRow(
    [CsvColumn("at"), CsvFormat(CsvFile.Instant)] DateTimeOffset At,
    [CsvColumn("what")] string What,
    [CsvColumn("of")] string Context,
    [CsvColumn("title")] string Title,
    [CsvColumn("detail")] string? Detail,
    [CsvColumn("url")] string Url)
{
    public static TimelineRow Of(DeveloperTimeline.Entry entry) => new(entry.At.ToUniversalTime(), entry.Kind, entry.Context, entry.Title, entry.Detail, entry.Url);
}
