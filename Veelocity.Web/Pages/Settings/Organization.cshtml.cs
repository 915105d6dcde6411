using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The organization's name and the time zone its days are cut in.</summary>
internal sealed class OrganizationModel(VeelocityDb db, CurrentOrganization current) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Give the organization a name."), StringLength(100), Display(Name = "Name")]
    public string Name { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Choose a time zone."), TimeZone, Display(Name = "Time zone")]
    public string TimeZone { get; set; } = "";

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var organization = await db.Organizations.SingleAsync(o => o.Id == current.Id, cancellation);
        (Name, TimeZone) = (organization.Name, organization.TimeZone);
    }

    [Requires(Permission.ChangeSettings)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid) return Page();
        var organization = await db.Organizations.SingleAsync(o => o.Id == current.Id, cancellation);
        (organization.Name, organization.TimeZone) = (Name.Trim(), TimeZone);
        organization.DataVersion++;
        await db.SaveChangesAsync(cancellation);
        Flash.Done(TempData, "Saved.");
        return RedirectToPage();
    }
}
