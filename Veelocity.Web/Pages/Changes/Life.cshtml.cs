using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Changes;

/// <summary>The life of one pull request: what happened, how long nothing did, and what came of it in production.</summary>
internal sealed class LifeModel(CurrentOrganization current, ChangeLife lives) : PageModel
{
    public ChangeLife.Life Life { get; private set; } = null!;
    public string Slug => current.Slug;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await lives.FindAsync(current.Id, id, cancellation) is not { } life) return NotFound();
        Life = life;
        return Page();
    }
}
