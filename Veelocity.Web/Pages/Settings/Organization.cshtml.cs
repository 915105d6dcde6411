using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The organization's name, the time zone its days are cut in, and which environments are production.</summary>
internal sealed class OrganizationModel(VeelocityDb db, CurrentOrganization current) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Give the organization a name."), StringLength(100), Display(Name = "Name")]
    public string Name { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Choose a time zone."), TimeZone, Display(Name = "Time zone")]
    public string TimeZone { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Say how production environments are named."), StringLength(200), RegularExpressionText, Display(Name = "Production environments")]
    public string ProductionPattern { get; set; } = "";

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var organization = await db.Organizations.SingleAsync(o => o.Id == current.Id, cancellation);
        (Name, TimeZone, ProductionPattern) = (organization.Name, organization.TimeZone, organization.ProductionPattern);
    }

    [Requires(Permission.ChangeSettings)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid) return Page();
        var organization = await db.Organizations.SingleAsync(o => o.Id == current.Id, cancellation);
        var isRuleChanged = organization.ProductionPattern != ProductionPattern;
        (organization.Name, organization.TimeZone, organization.ProductionPattern) = (Name.Trim(), TimeZone, ProductionPattern);
        organization.DataVersion++;
        await db.SaveChangesAsync(cancellation);
        Flash.Done(TempData, isRuleChanged ? "Saved. Deployments are sorted by the new rule at the next sync." : "Saved.");
        return RedirectToPage();
    }
}
