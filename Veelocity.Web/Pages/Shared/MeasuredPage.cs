using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Csv;

namespace Veelocity.Web.Pages.Shared;

/// <summary>What every page of numbers does first: read period, repository and team, and see whether there is anything to measure.</summary>
internal abstract class MeasuredPage(PageFilterReader filters, VeelocityDb db) : PageModel
{
    public PageFilter Chosen { get; private set; } = null!;
    public bool HasData { get; private set; }
    public bool IsConnected { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await filters.ReadAsync(Request, cancellation) is not { } chosen) return NotFound();
        Chosen = chosen;
        HasData = chosen.Repositories.Count > 0 && !(Idle is not null && !WantsFile);
        if (HasData) return await AnswerAsync(cancellation);
        IsConnected = chosen.Repositories.Count > 0 || await db.Connections.AnyAsync(c => c.ProtectedSecret != null, cancellation);
        return Page();
    }

    /// <summary>The chosen team, when these numbers are of what a team owns, and it owns nothing: zeros would say something else.</summary>
    public PageFilter.TeamChoice? Idle => IsOfOwned && Chosen.Repositories.Count > 0 && Chosen.Team is { OwnsNothing: true } team ? team : null;

    public bool ShowsFilters => HasData || Idle is not null;

    /// <summary>Whether a team's numbers here are those of what it owns, rather than of its people.</summary>
    protected virtual bool IsOfOwned => false;

    protected abstract Task<IActionResult> AnswerAsync(CancellationToken cancellation);

    protected VeelocityDb Db => db;

    protected bool WantsCsv => Request.Query["format"] == "csv";

    private bool WantsFile => WantsCsv || Request.Query.ContainsKey("csv");

    protected async Task<IActionResult> CsvAsync<TRow>(string name, IEnumerable<TRow> rows, CancellationToken cancellation) =>
        File(await CsvFile.OfAsync(rows, cancellation), CsvFile.MediaType + "; charset=utf-8", name + ".csv");

    /// <summary>The chart or table that the address asks for with <c>csv</c>, as a file, or 404 when it has none of this name; else the page.</summary>
    protected async Task<IActionResult> ShowAsync(CancellationToken cancellation, params IReadOnlyList<(string Id, IEnumerable<FigureRow> Rows)> files)
    {
        var asked = Request.Query["csv"].ToString();
        var (id, rows) = files.FirstOrDefault(file => file.Id == asked);
        // Pages prepare only the files when one is asked for.
        if (id is null) return Request.Query.ContainsKey("csv") ? NotFound() : Page();
        return await CsvAsync($"{id}-{Chosen.Slug}", rows, cancellation);
    }

    /// <summary>The page of a list that the address asks for; at least the first.</summary>
    protected int PageNumber => int.TryParse(Request.Query["page"], out var number) && number is > 0 and < 1_000_000 ? number : 1;
}
