using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Pages.Shared;

namespace Veelocity.Web.Pages.Dashboard;

/// <summary>How delivery is going, in ten seconds: four values and what needs a look.</summary>
internal sealed class IndexModel(PageFilterReader filters, DoraCards cards, Attention attention, VeelocityDb db) : PageModel
{
    public PageFilter Chosen { get; private set; } = null!;
    public bool HasData { get; private set; }
    public bool IsConnected { get; private set; }
    public IReadOnlyList<Kpi> Cards { get; private set; } = [];
    public IReadOnlyList<Attention.Note> Notes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await filters.ReadAsync(Request, cancellation) is not { } chosen) return NotFound();
        Chosen = chosen;
        HasData = chosen.Repositories.Count > 0;
        IsConnected = HasData || await db.Connections.AnyAsync(c => c.ProtectedSecret != null, cancellation);
        if (!HasData) return Page();

        Cards = await cards.ReadAsync(chosen, cancellation);
        Notes = await attention.ReadAsync(chosen, cancellation);
        return Page();
    }
}
