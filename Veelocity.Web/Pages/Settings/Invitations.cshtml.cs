using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Invitations;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Mail;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Invites people, and sends again or takes back what nobody has accepted yet.</summary>
[Requires(Permission.Invite)]
internal sealed class InvitationsModel(InvitationBook book, CurrentOrganization organization, TimeProvider clock) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter the email address to invite."), StringLength(256, ErrorMessage = "Use 256 characters at most."), MailAddress]
    public string Email { get; set; } = "";

    [BindProperty, EnumDataType(typeof(Role), ErrorMessage = "Choose a role.")]
    public Role Role { get; set; } = Role.Viewer;

    public InvitationsView View { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken cancellation) => ReadAsync(cancellation);

    public async Task<IActionResult> OnPostInviteAsync(CancellationToken cancellation)
    {
        if (ModelState.IsValid)
        {
            try
            {
                return Told(await book.InviteAsync(User.RequiredCallerId(), Email, Role, cancellation));
            }
            catch (Refused refused) when (refused.Field is not null)
            {
                ModelState.AddModelError(nameof(Email), refused.Message);
            }
        }
        await ReadAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostResendAsync(Guid id, CancellationToken cancellation) =>
        await book.ResendAsync(User.RequiredCallerId(), id, cancellation) is { } invited ? Told(invited) : Gone();

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellation)
    {
        if (!await book.RevokeAsync(id, cancellation)) return Gone();
        Flash.Done(TempData, "Invitation revoked. Its link no longer works.");
        return Back();
    }

    private async Task ReadAsync(CancellationToken cancellation) => View = await InvitationsView.ReadAsync(book, TempData, clock.GetUtcNow(), cancellation);

    private RedirectToPageResult Told(Invited invited)
    {
        var to = invited.Invitation.Email;
        if (invited.Link is { } link)
        {
            (TempData[InvitationsView.LinkKey], TempData[InvitationsView.LinkForKey]) = (link.AbsoluteUri, to);
            Flash.Done(TempData, $"Invitation for {to} made. No mail server is configured: hand on the link below yourself.");
        }
        else
        {
            Flash.Done(TempData, $"Invitation for {to} is on its way.");
        }
        return Back();
    }

    private RedirectToPageResult Gone()
    {
        Flash.Refused(TempData, "This invitation is not open any more.");
        return Back();
    }

    private RedirectToPageResult Back() => RedirectToPage("/Settings/Members", null, new { slug = organization.Slug }, "invitations");
}
