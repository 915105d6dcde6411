using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Linking.Teams;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Which teams there are, and a new one by name.</summary>
internal sealed class TeamsModel(CurrentOrganization organization, TeamDirectory directory, TeamChanges changes) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    public IReadOnlyList<TeamDirectory.Item> Teams { get; private set; } = [];
    public IReadOnlyList<TeamDirectory.Item> Archived { get; private set; } = [];
    public bool MayEdit => organization.May(Permission.EditTeams);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Teams = await directory.ListAsync(archived: false, cancellation);
        Archived = await directory.ListAsync(archived: true, cancellation);
    }

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        try
        {
            var made = await changes.CreateAsync(organization.Id, Name, User.RequiredCallerId(), cancellation);
            Flash.Done(TempData, "The team is there. Give it its people and what they own.");
            return Redirect($"~/o/{organization.Slug}/settings/teams/{made}");
        }
        catch (Refused wrong) when (wrong.Field is { } field)
        {
            ModelState.AddModelError(field, wrong.Message);
        }
        await OnGetAsync(cancellation);
        return Page();
    }
}
