using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Account;

/// <summary>Where a person is signed in, and how to end that.</summary>
internal sealed class SessionsModel(Sessions sessions, UserManager<User> users, SignInManager<User> signIn, AccountEvents events) : PageModel
{
    public IReadOnlyList<Session> Sessions { get; private set; } = [];
    public Guid? Current => User.SessionId();

    public async Task OnGetAsync(CancellationToken cancellation) => Sessions = await sessions.ListAsync(User.RequiredCallerId(), cancellation);

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancellation)
    {
        if (!await sessions.EndAsync(User.RequiredCallerId(), id, cancellation)) return NotFound();
        await events.RecordAsync(User.RequiredCallerId(), AccountEventKind.SessionEnded);
        Flash.Done(TempData, "Session ended.");
        return RedirectToPage();
    }

    /// <summary>A new stamp ends everything that carries the old one: sessions, access tokens, remembered devices.</summary>
    public async Task<IActionResult> OnPostOthersAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        await users.UpdateSecurityStampAsync(user);
        await events.RecordAsync(user.Id, AccountEventKind.OtherSessionsEnded);
        await signIn.RefreshSignInAsync(user);
        Flash.Done(TempData, "You are signed out everywhere else.");
        return RedirectToPage();
    }
}
