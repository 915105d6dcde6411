using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Organizations;
using Veelocity.Web.SampleData;

namespace Veelocity.Web.Pages.Onboarding;

/// <summary>Fills an organization with sample data, for who wants to look around before connecting anything.</summary>
internal sealed class SampleModel(SampleOrganization sample) : PageModel
{
    [BindProperty, TimeZone]
    public string TimeZone { get; set; } = TimeZones.Default;

    public async Task<IActionResult> OnPostAsync() =>
        LocalRedirect($"/o/{await sample.FoundAsync(User.RequiredCallerId(), ModelState.IsValid ? TimeZone : TimeZones.Default, HttpContext.RequestAborted)}");
}
