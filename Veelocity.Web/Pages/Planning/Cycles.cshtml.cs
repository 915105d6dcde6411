using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Planning;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Planning;

/// <summary>The cycles of the issue tracker's teams, the latest first, and of one team how they went.</summary>
internal sealed class CyclesModel(CurrentOrganization current, VeelocityDb db, Cycles cycles) : PlanningPage(current, db)
{
    private const string Path = "/planning";

    public Page<Cycles.Item> Cycles { get; private set; } = null!;

    /// <summary>Only of one team: scopes of several cannot be put side by side.</summary>
    public ChartView? Chart { get; private set; }

    public Pager Pager => new(Cycles.Number, Cycles.PerPage, Cycles.LastNumber, Cycles.Total, "cycle",
        page => Address(Path, ("page", page > 1 ? $"{page}" : null)), Address(Path, ("format", "csv")));

    public string Days(Cycles.Item cycle) => Dates.Range(Zone.DayOf(cycle.StartsAt), Zone.DayOf(cycle.EndsAt.AddSeconds(-1)));

    private Dates Zone => Dates.In(Current.TimeZone);

    protected override async Task<IActionResult> AnswerAsync(CancellationToken cancellation)
    {
        Cycles = await cycles.AskAsync(Current.Id, Team?.IssueTeamId, WantsCsv ? PageRequest.Everything : new PageRequest(PageNumber), cancellation);
        if (WantsCsv) return await CsvAsync("cycles", Cycles.Items.Select(CycleRow.Of), cancellation);
        if (Cycles.Items.DistinctBy(c => c.IssueTeamId).Count() == 1) Chart = CycleCharts.OfCycles(Address(Path, ("format", "csv")), Cycles.Items);
        return Page();
    }
}
