using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Organizations;
using Veelocity.Web.Pages.Shared;

namespace Veelocity.Web.Pages;

/// <summary>The front door: a welcome for visitors, and for who has signed in the way to their organization.</summary>
[AllowAnonymous]
internal sealed class IndexModel(MyOrganizations mine) : PageModel
{
    public bool IsVisitor { get; private set; }

    public IReadOnlyList<MyOrganization> Organizations { get; private set; } = [];

    /// <summary>The part that was asked for, under the organization's address: empty, or such as <c>/dora</c>.</summary>
    public string Path { get; private set; } = "";

    /// <param name="to">A part of the product; the installed app's shortcuts lead here, because they know no organization.</param>
    public async Task<IActionResult> OnGetAsync(string? to)
    {
        Path = Navigation.All.FirstOrDefault(place => place.Path == $"/{to}")?.Path ?? "";
        if (User.CallerId() is not { } caller)
        {
            IsVisitor = true;
            return Page();
        }
        Organizations = await mine.ListAsync(caller, HttpContext.RequestAborted);
        return Organizations.Count switch
        {
            0 => RedirectToPage("/Onboarding/NewOrganization"),
            1 => LocalRedirect($"/o/{Organizations[0].Slug}{Path}"),
            _ => Page(),
        };
    }
}
