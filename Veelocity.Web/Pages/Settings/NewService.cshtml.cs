using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Rules;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Patterns;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Splits a repository: one more service, by paths.</summary>
[Requires(Permission.EditMetricRules)]
internal sealed class NewServiceModel(VeelocityDb db, CurrentOrganization organization, ServiceChanges changes, PathSync paths) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Repository { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Globs { get; set; }

    public IReadOnlyList<SelectListItem> Repositories { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation) =>
        Repositories = await db.Repositories.Where(r => r.LeftAt == null).OrderBy(r => r.FullName)
            .Select(r => new SelectListItem(r.FullName, r.Id.ToString())).ToListAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        try
        {
            if (await changes.AddAsync(Repository, Name, PathGlobs.Parse(Globs), User.RequiredCallerId(), cancellation) is { } added)
            {
                await paths.RequestAsync(Repository, cancellation);
                Flash.Done(TempData, "The service is added. It counts the pull requests whose files match, as soon as those are read.");
                return Redirect($"~/o/{organization.Slug}/settings/services/{added}");
            }
            ModelState.AddModelError(nameof(Repository), "Choose a repository.");
        }
        catch (Refused wrong) when (wrong.Field is { } field)
        {
            ModelState.AddModelError(field, wrong.Message);
        }
        await OnGetAsync(cancellation);
        return Page();
    }
}
