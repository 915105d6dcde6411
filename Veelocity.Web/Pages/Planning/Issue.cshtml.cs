using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Metrics.Planning;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Planning;

/// <summary>One issue: its states and the pull requests that are work on it.</summary>
internal sealed class IssueModel(CurrentOrganization current, IssueLife lives) : PageModel
{
    public IssueLife.Life Life { get; private set; } = null!;

    public string Slug => current.Slug;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await lives.FindAsync(current.Id, id, cancellation) is not { } life) return NotFound();
        Life = life;
        return Page();
    }
}
