using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Organizations.Invitations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Who belongs to the organization, who of the measured people each member is, and who may see numbers of single people.</summary>
internal sealed class MembersModel(VeelocityDb db, CurrentOrganization organization, MemberList list, InvitationBook book, Members members, OrganizationChanges changes,
    AuditLog audit, TimeProvider clock) : PageModel
{
    public static readonly IReadOnlyList<(PeopleNumbers Value, string Name, string What)> Choices =
    [
        (PeopleNumbers.Everyone, "Everyone", "Every member sees the numbers of everybody."),
        (PeopleNumbers.Managers, "Admins and Managers", "Viewers see those of teams, and their own."),
        (PeopleNumbers.Oneself, "Only oneself", "Everyone sees those of teams, and their own and nobody else’s; Admins too."),
    ];

    public IReadOnlyList<MemberList.Member> Members { get; private set; } = [];
    public IReadOnlyList<MemberList.PersonChoice> People { get; private set; } = [];
    public PeopleNumbers Shown => organization.PeopleNumbers;
    public bool MayChoosePeople => organization.May(Permission.EditTeams);
    public bool MayChangeSettings => organization.May(Permission.ChangeSettings);

    public bool MayChangeRoles => organization.May(Permission.ChangeRoles);

    /// <summary>Null for who may not invite.</summary>
    public InvitationsView? Invitations { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        (Members, People) = await list.AskAsync(cancellation);
        if (organization.May(Permission.Invite)) Invitations = await InvitationsView.ReadAsync(book, TempData, clock.GetUtcNow(), cancellation);
    }

    public async Task<IActionResult> OnPostLeaveAsync(CancellationToken cancellation)
    {
        await members.LeaveAsync(User.RequiredCallerId(), cancellation);
        Flash.Done(TempData, $"You left {organization.Name}.");
        return LocalRedirect("/");
    }

    [Requires(Permission.EditTeams)]
    public async Task<IActionResult> OnPostPersonAsync(Guid member, Guid? person, CancellationToken cancellation)
    {
        if (await db.Memberships.Include(m => m.User).SingleOrDefaultAsync(m => m.UserId == member && m.OrganizationId == organization.Id, cancellation) is not { } membership) return NotFound();
        string? name = null;
        if (person is { } id)
        {
            name = await db.People.Where(p => p.Id == id).Select(p => p.Name).SingleOrDefaultAsync(cancellation);
            if (name is null) return NotFound();
            if (await db.Memberships.AnyAsync(m => m.PersonId == id && m.UserId != member, cancellation)) throw new Refused("Another member is this person already.");
        }
        if (membership.PersonId != person) audit.Add(AuditAction.MemberTied, membership.User.Email ?? "", name is null ? "To nobody." : $"To {name}.");
        membership.PersonId = person;
        await db.SaveChangesAsync(cancellation);
        Flash.Done(TempData, "Saved.");
        return RedirectToPage();
    }

    [Requires(Permission.ChangeSettings)]
    public async Task<IActionResult> OnPostSightAsync(PeopleNumbers numbers, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(numbers) || !ModelState.IsValid) return BadRequest();
        await changes.SaveAsync(stored => stored.PeopleNumbers = numbers, cancellation);
        Flash.Done(TempData, "Saved. It holds from now on, on every page and in the API.");
        return RedirectToPage();
    }
}
