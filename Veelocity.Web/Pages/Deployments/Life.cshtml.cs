using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Deployments;

/// <summary>One deployment: what it brought, how it ended, and its service's deployments before and after it.</summary>
internal sealed class LifeModel(CurrentOrganization current, DeploymentLife lives, DecisionList decisions) : PageModel
{
    public DeploymentLife.Life Life { get; private set; } = null!;
    /// <summary>What a member said of whether it counts; null when nobody did.</summary>
    public DecisionList.Item? Decision { get; private set; }

    public string Slug => current.Slug;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await lives.FindAsync(current.Id, id, cancellation) is not { } life) return NotFound();
        Life = life;
        Decision = (await decisions.OfRowsAsync(current.Id, DecisionSubject.Deployment, [id], cancellation)).GetValueOrDefault(id);
        return Page();
    }
}
