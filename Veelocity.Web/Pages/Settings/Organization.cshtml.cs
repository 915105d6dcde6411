using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The organization's name, the time zone its days are cut in, and when it works.</summary>
internal sealed class OrganizationModel(VeelocityDb db, CurrentOrganization current, OrganizationChanges changes) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Give the organization a name."), StringLength(100), Display(Name = "Name")]
    public string Name { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Choose a time zone."), TimeZone, Display(Name = "Time zone")]
    public string TimeZone { get; set; } = "";

    [BindProperty]
    public WorkingHoursForm Hours { get; set; } = new();

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var organization = await db.Organizations.SingleAsync(o => o.Id == current.Id, cancellation);
        (Name, TimeZone, Hours) = (organization.Name, organization.TimeZone, WorkingHoursForm.Of(organization.WorkingHours));
    }

    [Requires(Permission.ChangeSettings)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid) return Page();
        await changes.SaveAsync(
            organization => (organization.Name, organization.TimeZone, organization.WorkingHours) = (Name.Trim(), TimeZone, Hours.ToHours()), cancellation);
        Flash.Done(TempData, "Saved.");
        return RedirectToPage();
    }
}
