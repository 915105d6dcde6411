using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Changes;

/// <summary>The life of one pull request: what happened, how long nothing did, and what came of it in production.</summary>
internal sealed class LifeModel(CurrentOrganization current, ChangeLife lives, DecisionList decisions) : PageModel
{
    public ChangeLife.Life Life { get; private set; } = null!;
    /// <summary>What a member said of whether it counts; null when nobody did.</summary>
    public DecisionList.Item? Decision { get; private set; }

    public string Slug => current.Slug;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await lives.FindAsync(current.Id, id, cancellation) is not { } life) return NotFound();
        Life = life;
        Decision = (await decisions.OfRowsAsync(current.Id, DecisionSubject.PullRequest, [id], cancellation)).GetValueOrDefault(id);
        return Page();
    }
}
