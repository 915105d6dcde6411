using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Pages.Settings;

/// <summary>What every sync did, newest first; by connector, status, who asked, and days.</summary>
[Requires(Permission.SeeSyncLogs)]
internal sealed class SyncHistoryModel(VeelocityDb db, CurrentOrganization organization, ConnectorCatalog catalog) : PageModel
{
    public Page<SyncRun> Runs { get; private set; } = new([], 1, PageRequest.DefaultPerPage, 0);
    public IReadOnlyList<ConnectorInfo> Connectors => [.. catalog.All.Select(connector => connector.Info)];
    public string? Connector { get; private set; }
    public SyncStatus? Status { get; private set; }
    public SyncTrigger? Trigger { get; private set; }
    public DateOnly? From { get; private set; }
    public DateOnly? To { get; private set; }
    public bool IsFiltered => Connector is not null || Status is not null || Trigger is not null || From is not null || To is not null;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Connector = catalog.Find(Asked("connector") ?? "")?.Info.Kind;
        Status = Enum.TryParse<SyncStatus>(Asked("status"), ignoreCase: true, out var status) ? status : null;
        Trigger = Enum.TryParse<SyncTrigger>(Asked("trigger"), ignoreCase: true, out var trigger) ? trigger : null;
        (From, To) = (Day("from"), Day("to"));
        var number = int.TryParse(Request.Query["page"], out var asked) && asked is > 0 and < 1_000_000 ? asked : 1;

        var request = new PageRequest(number);
        var filter = new SyncLogFilter(Connector, Status, Trigger, StartOf(From), StartOf(To?.AddDays(1)));
        var found = filter.Of(db.SyncRuns.AsNoTracking());
        Runs = new Page<SyncRun>(
            await found.Skip(request.Offset).Take(request.PerPage).ToListAsync(cancellation), number, request.PerPage, await found.LongCountAsync(cancellation));
    }

    /// <summary>This list's address with the same filter, on another page.</summary>
    public string AddressOf(int page)
    {
        var kept = Request.Query.Where(field => field.Key != "page" && !string.IsNullOrEmpty(field.Value))
            .Select(field => KeyValuePair.Create(field.Key, (string?)field.Value.ToString()))
            .Append(KeyValuePair.Create("page", (string?)$"{page}"));
        return QueryHelpers.AddQueryString(Request.PathBase + Request.Path, kept);
    }

    private string? Asked(string field) => Request.Query[field].ToString() is { Length: > 0 } text ? text : null;

    private DateOnly? Day(string field) => Dates.AskedDay(Asked(field));

    private DateTimeOffset? StartOf(DateOnly? day)
    {
        if (day is null) return null;
        var (zone, midnight) = (TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone), day.Value.ToDateTime(TimeOnly.MinValue));
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
