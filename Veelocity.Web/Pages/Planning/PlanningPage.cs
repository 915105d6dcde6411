using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Pages.Planning;

/// <summary>What the lists of planned work do first: read the team, and see whether an issue tracker is connected.</summary>
internal abstract class PlanningPage(CurrentOrganization current, VeelocityDb db) : PageModel
{
    public sealed record TeamChoice(Guid Id, Guid IssueTeamId, string Name);

    public IReadOnlyList<TeamChoice> Teams { get; private set; } = [];
    public TeamChoice? Team { get; private set; }

    /// <summary>Some planned work was read once.</summary>
    public bool HasData { get; private set; }

    public string Slug => current.Slug;

    protected CurrentOrganization Current => current;

    public string Address(string path, params IReadOnlyList<(string Key, string? Value)> also)
    {
        var query = string.Join('&', new[] { ("team", Team?.Id.ToString()) }.Concat(also).Where(q => !string.IsNullOrEmpty(q.Item2)).Select(q => $"{q.Item1}={q.Item2}"));
        return $"/o/{Slug}{path}{(query.Length > 0 ? "?" + query : null)}";
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Teams = await (
            from t in db.Teams
            where t.ArchivedAt == null && t.IssueTeamId != null
            orderby t.Name
            select new TeamChoice(t.Id, t.IssueTeamId!.Value, t.Name)).ToListAsync(cancellation);
        var asked = Request.Query["team"].ToString();
        Team = Teams.FirstOrDefault(t => t.Id.ToString() == asked);
        if (asked.Length > 0 && Team is null && !await db.Teams.AnyAsync(t => t.Id.ToString() == asked, cancellation)) return NotFound();
        HasData = await db.IssueTeams.AnyAsync(cancellation);
        return HasData ? await AnswerAsync(cancellation) : Page();
    }

    protected abstract Task<IActionResult> AnswerAsync(CancellationToken cancellation);

    protected bool WantsCsv => Request.Query["format"] == "csv";

    protected int PageNumber => int.TryParse(Request.Query["page"], out var number) && number is > 0 and < 1_000_000 ? number : 1;

    protected async Task<IActionResult> CsvAsync<TRow>(string name, IEnumerable<TRow> rows, CancellationToken cancellation) =>
        File(await CsvFile.OfAsync(rows, cancellation), CsvFile.MediaType + "; charset=utf-8", $"{name}-{Slug}.csv");
}
