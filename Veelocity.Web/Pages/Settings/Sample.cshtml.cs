using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Deletion;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Removes a sample organization at one click: nothing of it is anybody's work.</summary>
[Requires(Permission.DeleteOrganization)]
internal sealed class SampleModel(VeelocityDb db, OrganizationDeletion deletion, CurrentOrganization organization) : PageModel
{
    public IActionResult OnGet() => LocalRedirect($"/o/{organization.Slug}");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!organization.IsSample) return NotFound();
        await deletion.DeleteAsync(organization.Id, db.Actor, onlyMemberId: null, CancellationToken.None);
        Flash.Done(TempData, "The sample organization is removed.");
        return LocalRedirect("/");
    }
}
