using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Metrics.Planning;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Csv;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Planning;

/// <summary>One cycle: its scope and progress day by day, and the issues in it.</summary>
internal sealed class CycleModel(CurrentOrganization current, Cycles cycles, PlannedIssues planned) : PageModel
{
    private readonly Dates dates = Dates.In(current.TimeZone);

    public Cycles.Life Life { get; private set; } = null!;
    public Page<PlannedIssues.Item> Issues { get; private set; } = null!;
    public ChartView? Chart { get; private set; }
    public string Slug => current.Slug;

    public string Days => Dates.Range(dates.DayOf(Life.Cycle.StartsAt), dates.DayOf(Life.Cycle.EndsAt.AddSeconds(-1)));

    public Pager Pager => new(Issues.Number, Issues.PerPage, Issues.LastNumber, Issues.Total, "issue", page => Address($"page={page}"), Address("csv=issues"));

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await cycles.FindAsync(current.Id, id, cancellation) is not { } life) return NotFound();
        Life = life;
        Chart = CycleCharts.OfDays(life, dates, Address("csv=progress-chart"));
        var csv = Request.Query["csv"].ToString();
        if (csv == Chart?.Id) return await FileAsync("progress", Chart.Rows(), cancellation);
        var number = int.TryParse(Request.Query["page"], out var asked) && asked is > 0 and < 1_000_000 ? asked : 1;
        Issues = await planned.OfCycleAsync(current.Id, life.Cycle, csv == "issues" ? PageRequest.Everything : new PageRequest(number), cancellation);
        return csv == "issues" ? await FileAsync("issues", Issues.Items.Select(IssueRow.Of), cancellation) : Page();
    }

    private string Address(string query) => $"/o/{Slug}/cycles/{Life.Cycle.Id}?{query}";

    private async Task<IActionResult> FileAsync<TRow>(string name, IEnumerable<TRow> rows, CancellationToken cancellation) =>
        File(await CsvFile.OfAsync(rows, cancellation), CsvFile.MediaType + "; charset=utf-8", $"{name}-{Life.Cycle.TeamKey}-{Life.Cycle.Number}.csv");
}
