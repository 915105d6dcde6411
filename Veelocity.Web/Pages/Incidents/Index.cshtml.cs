using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Dora;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Csv;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Incidents;

/// <summary>Incidents that started in the period, narrowed by state, link and severity.</summary>
internal sealed class IndexModel(PageFilterReader filters, IncidentItems items, CurrentOrganization current) : PageModel
{
    private const string Path = "/incidents";

    public PageFilter Chosen { get; private set; } = null!;
    public string? State { get; private set; }
    public IncidentSeverity? Severity { get; private set; }
    public Page<IncidentItems.Item> Incidents { get; private set; } = null!;
    public bool MayEnter => current.May(Permission.LinkIncidents);

    public Pager Pager => new(Incidents.Number, Incidents.PerPage, Incidents.LastNumber, Incidents.Total, "incident",
        page => Address(State, Severity, ("page", page > 1 ? $"{page}" : null)), Address(State, Severity, ("format", "csv")));

    public string Address(string? state, IncidentSeverity? severity, params IReadOnlyList<(string, string?)> also) =>
        Chosen.Address(Path, [("state", state), ("severity", severity?.ToString().ToLowerInvariant()), .. also]);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await filters.ReadAsync(Request, cancellation) is not { } chosen) return NotFound();
        Chosen = chosen;
        State = Request.Query["state"].ToString() is "open" or "resolved" or "unlinked" ? Request.Query["state"].ToString() : null;
        Severity = Enum.TryParse<IncidentSeverity>(Request.Query["severity"], ignoreCase: true, out var severity) && Enum.IsDefined(severity) ? severity : null;
        var selection = new IncidentItems.Selection(
            IsOpen: State switch { "open" => true, "resolved" => false, _ => null }, IsLinked: State == "unlinked"
                ? false : null, Severity, IsAnywhere: true);
        var wantsCsv = Request.Query["format"] == "csv";
        var number = int.TryParse(Request.Query["page"], out var asked) && asked is > 0 and < 1_000_000 ? asked : 1;
        Incidents = await items.AskAsync(
            chosen.Period, chosen.Filter, selection, wantsCsv ? PageRequest.Everything : new PageRequest(number), cancellation);
        if (!wantsCsv) return Page();
        return File(await CsvFile.OfAsync(Incidents.Items.Select(IncidentRow.Of), cancellation), CsvFile.MediaType + "; charset=utf-8", $"incidents-{chosen.Slug}.csv");
    }
}
