using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Deletion;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Deletes the organization for whoever types its name.</summary>
[Requires(Permission.DeleteOrganization)]
internal sealed class DeleteOrganizationModel(VeelocityDb db, OrganizationDeletion deletion, CurrentOrganization organization) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Type the organization's name."), StringLength(200)]
    public string Confirmation { get; set; } = "";

    public OrganizationDeletion.Size Size { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellation) => Size = await deletion.MeasureAsync(organization.Id, cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (ModelState.IsValid && !string.Equals(Confirmation.Trim(), organization.Name.Trim(), StringComparison.Ordinal))
            ModelState.AddModelError(nameof(Confirmation), $"This is not its name. Nothing was deleted: type {organization.Name}, as it stands here.");
        if (!ModelState.IsValid)
        {
            Size = await deletion.MeasureAsync(organization.Id, cancellation);
            return Page();
        }
        // Whoever closes the page meanwhile has confirmed it all the same.
        await deletion.DeleteAsync(organization.Id, db.Actor, onlyMemberId: null, CancellationToken.None);
        Flash.Done(TempData, $"{organization.Name} is deleted, with everything of it.");
        return LocalRedirect("/");
    }
}
