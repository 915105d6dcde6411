using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Metrics.Planning;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Csv;
using Veelocity.Web.Platform.Formatting;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.Planning;

/// <summary>One project: its scope and progress week by week, and the issues in it.</summary>
internal sealed class ProjectModel(CurrentOrganization current, Projects projects, PlannedIssues planned) : PageModel
{
    public Projects.Life Life { get; private set; } = null!;
    public Page<PlannedIssues.Item> Issues { get; private set; } = null!;
    public ChartView? Chart { get; private set; }
    public string Slug => current.Slug;

    public Pager Pager => new(Issues.Number, Issues.PerPage, Issues.LastNumber, Issues.Total, "issue", page => Address($"page={page}"), Address("csv=issues"));

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await projects.FindAsync(current.Id, id, cancellation) is not { } life) return NotFound();
        Life = life;
        Chart = CycleCharts.OfWeeks(life, Dates.In(current.TimeZone), Address("csv=progress-chart"));
        var csv = Request.Query["csv"].ToString();
        if (csv == Chart?.Id) return await FileAsync("progress", Chart.Rows(), cancellation);
        var number = int.TryParse(Request.Query["page"], out var asked) && asked is > 0 and < 1_000_000 ? asked : 1;
        Issues = await planned.OfProjectAsync(current.Id, life.Project, csv == "issues" ? PageRequest.Everything : new PageRequest(number), cancellation);
        return csv == "issues" ? await FileAsync("issues", Issues.Items.Select(IssueRow.Of), cancellation) : Page();
    }

    private string Address(string query) => $"/o/{Slug}/projects/{Life.Project.Id}?{query}";

    private async Task<IActionResult> FileAsync<TRow>(string name, IEnumerable<TRow> rows, CancellationToken cancellation) =>
        File(await CsvFile.OfAsync(rows, cancellation), CsvFile.MediaType + "; charset=utf-8", $"{name}-{Slug}.csv");
}
