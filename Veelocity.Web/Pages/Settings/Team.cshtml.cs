using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Teams;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>One team: its name, its people, and what it owns.</summary>
internal sealed class TeamModel(VeelocityDb db, CurrentOrganization organization, TeamDirectory directory, TeamChanges changes, TeamSuggestions suggestions)
    : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    public TeamDirectory.Details Team { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> OtherPeople { get; private set; } = [];
    public IReadOnlyList<SelectListItem> OtherRepositories { get; private set; } = [];
    public IReadOnlyList<SelectListItem> OtherServices { get; private set; } = [];
    public IReadOnlyList<TeamSuggestions.Suggestion> Suggestions { get; private set; } = [];
    public bool MayEdit => organization.May(Permission.EditTeams);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await directory.FindAsync(Id, cancellation) is not { } team) return NotFound();
        Team = team;
        Name ??= team.Team.Name;
        if (MayEdit) await OfferAsync(cancellation);
        return Page();
    }

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostRenameAsync(CancellationToken cancellation)
    {
        try
        {
            return Answer(await changes.RenameAsync(organization.Id, Id, Name, cancellation), "Saved. The name stays through every sync.");
        }
        catch (Refused wrong) when (wrong.Field is { } field)
        {
            ModelState.AddModelError(field, wrong.Message);
        }
        return await OnGetAsync(cancellation);
    }

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostArchiveAsync(CancellationToken cancellation) => Answer(
        await changes.ArchiveAsync(organization.Id, Id, User.RequiredCallerId(), cancellation), "Archived. It is offered nowhere any more; what it was stays.");

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostRestoreAsync(CancellationToken cancellation) =>
        Answer(await changes.RestoreAsync(organization.Id, Id, cancellation), "The team is in use again.");

    [Requires(Permission.EditTeams)]
    public Task<IActionResult> OnPostAddPersonAsync(Guid? person, CancellationToken cancellation) => ChosenAsync(
        person, "Choose a person.", "Added. They stay through every sync.",
        id => changes.AddMembersAsync(organization.Id, Id, [id], User.RequiredCallerId(), cancellation));

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostRemovePersonAsync(Guid person, CancellationToken cancellation) => Answer(
        await changes.RemoveMembersAsync(organization.Id, Id, [person], User.RequiredCallerId(), cancellation), "Taken out of the team.");

    [Requires(Permission.EditTeams)]
    public Task<IActionResult> OnPostAddRepositoryAsync(Guid? repository, CancellationToken cancellation) => ChosenAsync(
        repository, "Choose a repository.", "Added. What its services deploy counts for the team.",
        id => changes.AddRepositoriesAsync(organization.Id, Id, [id], User.RequiredCallerId(), cancellation));

    /// <summary>All that were suggested; on from here or from a page of numbers.</summary>
    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostAddRepositoriesAsync(Guid[] repository, string? returnUrl, CancellationToken cancellation)
    {
        if (repository.Length == 0) throw new Refused("Choose a repository.");
        if (!await changes.AddRepositoriesAsync(organization.Id, Id, repository, User.RequiredCallerId(), cancellation)) return NotFound();
        Flash.Done(TempData, "Added. What their services deploy counts for the team.");
        return returnUrl is not null && Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : Redirect($"~/o/{organization.Slug}/settings/teams/{Id}");
    }

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostRemoveRepositoryAsync(Guid repository, CancellationToken cancellation) =>
        Answer(await changes.RemoveRepositoryAsync(organization.Id, Id, repository, cancellation), "Removed. It counts for the team no longer.");

    [Requires(Permission.EditTeams)]
    public Task<IActionResult> OnPostAddServiceAsync(Guid? service, CancellationToken cancellation) => ChosenAsync(
        service, "Choose a service.", "Added. What it deploys counts for the team.",
        id => changes.AddServicesAsync(organization.Id, Id, [id], User.RequiredCallerId(), cancellation));

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostRemoveServiceAsync(Guid service, CancellationToken cancellation) =>
        Answer(await changes.RemoveServiceAsync(organization.Id, Id, service, cancellation), "Removed. It counts for the team no longer.");

    private async Task OfferAsync(CancellationToken cancellation)
    {
        var people = await db.People.Where(p => !db.TeamMembers.Any(m => m.TeamId == Id && m.PersonId == p.Id && m.RemovedAt == null))
            .Where(p => db.Accounts.Any(a => a.PersonId == p.Id && !a.IsBot))
            .OrderBy(p => p.Name).ThenBy(p => p.Id)
            .Select(p => new { p.Id, p.Name, Login = db.Accounts.Where(a => a.PersonId == p.Id).Min(a => a.Login) }).ToListAsync(cancellation);
        // Of several by one name, the login tells which.
        var names = people.CountBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        OtherPeople = [.. people.Select(p => new SelectListItem(names[p.Name] > 1 ? $"{p.Name} ({p.Login})" : p.Name, p.Id.ToString()))];
        OtherRepositories = await db.Repositories.Where(r => r.LeftAt == null && !db.TeamRepositories.Any(o => o.TeamId == Id && o.RepositoryId == r.Id))
            .OrderBy(r => r.FullName).Select(r => new SelectListItem(r.FullName, r.Id.ToString())).ToListAsync(cancellation);
        // One by one only where a repository has several: else it is owned as a whole.
        OtherServices = await db.Services
            .Where(s => db.Services.Any(o => o.RepositoryId == s.RepositoryId && o.Id != s.Id))
            .Where(s => !db.TeamServices.Any(o => o.TeamId == Id && o.ServiceId == s.Id) && !db.TeamRepositories.Any(o => o.TeamId == Id && o.RepositoryId == s.RepositoryId))
            .Join(db.Repositories.Where(r => r.LeftAt == null), s => s.RepositoryId, r => r.Id, (s, r) => new { s, r })
            .OrderBy(x => x.r.FullName).ThenBy(x => x.s.Name)
            .Select(x => new SelectListItem(x.s.Name + " (" + x.r.FullName + ")", x.s.Id.ToString())).ToListAsync(cancellation);
        Suggestions = await suggestions.OfAsync(organization.Id, Id, cancellation);
    }

    private async Task<IActionResult> ChosenAsync(Guid? chosen, string missing, string done, Func<Guid, Task<bool>> change)
    {
        if (chosen is not { } id) throw new Refused(missing);
        try
        {
            return Answer(await change(id), done);
        }
        catch (Refused refused) when (refused.Status == StatusCodes.Status404NotFound)
        {
            return NotFound();
        }
    }

    private IActionResult Answer(bool isFound, string done)
    {
        if (!isFound) return NotFound();
        Flash.Done(TempData, done);
        return Redirect($"~/o/{organization.Slug}/settings/teams/{Id}");
    }
}
