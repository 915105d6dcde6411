using CsvHelper;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Metrics.Dora;

/// <summary>An incident as a line of the downloaded file.</summary>
[CsvRecord]
internal sealed partial record IncidentRow(
    [CsvColumn("started_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset StartedAt,
    [CsvColumn("resolved_at"), CsvFormat(CsvFile.Instant)] DateTimeOffset? ResolvedAt,
    [CsvColumn("state")] string State,
    [CsvColumn("seconds")] double? Seconds,
    [CsvColumn("title")] string Title,
    [CsvColumn("severity")] string? Severity,
    [CsvColumn("service")] string? Service,
    [CsvColumn("deployment")] string? Deployment,
    [CsvColumn("deployment_url")] string? DeploymentUrl,
    [CsvColumn("linked_by")] string? LinkedBy,
    [CsvColumn("source")] string Source,
    [CsvColumn("left_out")] string? LeftOut,
    [CsvColumn("url")] string? Url)
{
    public static IncidentRow Of(IncidentItems.Item item) => new(
        item.StartedAt.ToUniversalTime(), item.ResolvedAt?.ToUniversalTime(),
            SnakeCaseEnum<IncidentItems.State>.ToText(item.State), item.Seconds, item.Title,
        item.Severity is { } severity ? SnakeCaseEnum<IncidentSeverity>.ToText(severity) : null, item.Service,
        item.DeploymentTitle, item.DeploymentUrl,
        item.LinkMethod is { } method ? SnakeCaseEnum<IncidentLinkMethod>.ToText(method) : null, item.Source,
        item.LeftOut is { } reason ? SnakeCaseEnum<LeftOut>.ToText(reason) : null, item.Url);
}
