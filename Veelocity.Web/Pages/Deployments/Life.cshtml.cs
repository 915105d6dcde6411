using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Metrics.Flow;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Deployments;

/// <summary>One deployment: what it brought, how it ended, and its service's deployments before and after it.</summary>
internal sealed class LifeModel(CurrentOrganization current, DeploymentLife lives) : PageModel
{
    public DeploymentLife.Life Life { get; private set; } = null!;
    public string Slug => current.Slug;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await lives.FindAsync(current.Id, id, cancellation) is not { } life) return NotFound();
        Life = life;
        return Page();
    }
}
