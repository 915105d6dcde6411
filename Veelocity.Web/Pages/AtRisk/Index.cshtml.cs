using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Pages.Shared;
using Veelocity.Web.Platform.Csv;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Pages.AtRisk;

/// <summary>Pull requests that are in their present stage for longer than usual, the longest first.</summary>
internal sealed class IndexModel(PageFilterReader filters, ChangesAtRisk risk) : PageModel
{
    private const string Path = "/at-risk";

    public PageFilter Chosen { get; private set; } = null!;
    public Page<ChangesAtRisk.Item> Changes { get; private set; } = null!;

    public Pager Pager => new(Changes.Number, Changes.PerPage, Changes.LastNumber, Changes.Total, "pull request",
        page => Chosen.Address(Path, ("page", page > 1 ? $"{page}" : null)), Chosen.Address(Path, ("format", "csv")));

    public string Everywhere => Chosen.Address(Path, ("repo", null), ("team", null));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await filters.ReadAsync(Request, cancellation) is not { } chosen) return NotFound();
        Chosen = chosen;
        var wantsCsv = Request.Query["format"] == "csv";
        var number = int.TryParse(Request.Query["page"], out var asked) && asked is > 0 and < 1_000_000 ? asked : 1;
        Changes = await risk.AskAsync(chosen.Filter, wantsCsv ? PageRequest.Everything : new PageRequest(number), cancellation);
        return wantsCsv
            ? File(await CsvFile.OfAsync(Changes.Items.Select(AtRiskRow.Of), cancellation), CsvFile.MediaType + "; charset=utf-8", $"at-risk-{chosen.Slug}.csv")
            : Page();
    }
}
