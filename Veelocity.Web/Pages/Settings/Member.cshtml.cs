using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Settings;

/// <summary>One member: their role, and the end of their access.</summary>
[Requires(Permission.ChangeRoles)]
internal sealed class MemberModel(Members members, CurrentOrganization organization) : PageModel
{
    public Membership Member { get; private set; } = null!;

    public bool IsOneself => Member.UserId == User.RequiredCallerId();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await members.FindAsync(id, cancellation) is not { } member) return NotFound();
        Member = member;
        return Page();
    }

    public async Task<IActionResult> OnPostRoleAsync(Guid id, Role role, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(role) || !ModelState.IsValid) return BadRequest();
        if (await members.ChangeRoleAsync(id, role, cancellation) is not { } member) return NotFound();
        Flash.Done(TempData, $"{member.User.FullName} is {role} now.");
        return Back();
    }

    [Requires(Permission.RemoveMembers)]
    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancellation)
    {
        if (await members.RemoveAsync(id, cancellation) is not { } member) return NotFound();
        Flash.Done(TempData, $"{member.User.FullName} no longer belongs to {organization.Name}.");
        return id == User.RequiredCallerId() ? LocalRedirect("/") : Back();
    }

    private RedirectToPageResult Back() => RedirectToPage("/Settings/Members", new { slug = organization.Slug });
}
