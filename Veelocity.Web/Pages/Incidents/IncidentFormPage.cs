using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Pages.Incidents;

/// <summary>What the pages to enter and to edit an incident have in common.</summary>
internal abstract class IncidentFormPage(VeelocityDb db, CurrentOrganization current) : PageModel
{
    [BindProperty]
    public IncidentForm Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Services { get; private set; } = [];
    public string Slug => current.Slug;
    protected TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(current.TimeZone);
    public string ZoneName => current.TimeZone.Replace('_', ' ');
    protected IncidentBook.Member Member => new(current.Id, User.RequiredCallerId());

    /// <summary>Does it; what a rule refuses stands at its field, and nothing typed is lost.</summary>
    protected async Task<IActionResult> TryAsync(Func<Task<IActionResult>> act, CancellationToken cancellation)
    {
        if (ModelState.IsValid)
        {
            try
            {
                return await act();
            }
            catch (Refused refused) when (refused.Field is not null)
            {
                ModelState.AddModelError($"{nameof(Form)}.{refused.Field}", refused.Message);
            }
        }
        await ListServicesAsync(cancellation);
        return Page();
    }

    protected async Task ListServicesAsync(CancellationToken cancellation) =>
        Services = await db.Services.OrderBy(s => s.Name).Select(s => new SelectListItem(s.Name, s.Id.ToString())).ToListAsync(cancellation);
}
