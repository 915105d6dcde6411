using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages;

/// <summary>The front door: a welcome for visitors, and for who has signed in the way to their organization.</summary>
[AllowAnonymous]
internal sealed class IndexModel(MyOrganizations mine) : PageModel
{
    public bool IsVisitor { get; private set; }

    public IReadOnlyList<MyOrganization> Organizations { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (User.CallerId() is not { } caller)
        {
            IsVisitor = true;
            return Page();
        }
        Organizations = await mine.ListAsync(caller, HttpContext.RequestAborted);
        return Organizations.Count switch
        {
            0 => RedirectToPage("/Onboarding/NewOrganization"),
            1 => LocalRedirect($"/o/{Organizations[0].Slug}"),
            _ => Page(),
        };
    }
}
