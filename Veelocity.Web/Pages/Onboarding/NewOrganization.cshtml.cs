using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Onboarding;

/// <summary>Creates an organization and leads its first Admin to the dashboard.</summary>
internal sealed class NewOrganizationModel(OrganizationFounding founding) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter a name."), StringLength(100, ErrorMessage = "Use 100 characters at most.")]
    public string Name { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Choose a time zone."), TimeZone]
    public string TimeZone { get; set; } = TimeZones.Default;

    /// <summary>Whether the zone is the person's own choice, which the browser's must not replace.</summary>
    public bool IsChosen => HttpMethods.IsPost(Request.Method);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return Page();
        var made = await founding.FoundAsync(User.RequiredCallerId(), Name, TimeZone, HttpContext.RequestAborted);
        return LocalRedirect($"/o/{made.Slug}");
    }

    /// <summary>By continent, so that typing a city's first letters finds it.</summary>
    public static IEnumerable<SelectListItem> Zones()
    {
        var groups = new Dictionary<string, SelectListGroup>(StringComparer.Ordinal);
        foreach (var name in TimeZones.All)
        {
            var cut = name.IndexOf('/');
            var continent = cut < 0 ? "Universal" : name[..cut];
            if (!groups.TryGetValue(continent, out var group))
                groups[continent] = group = new SelectListGroup { Name = continent };
            yield return new SelectListItem(name[(cut + 1)..].Replace('_', ' '), name) { Group = group };
        }
    }
}
