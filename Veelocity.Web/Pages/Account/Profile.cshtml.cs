using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Mail;

namespace Veelocity.Web.Pages.Account;

/// <summary>What a person tells about themselves.</summary>
internal sealed class ProfileModel(UserManager<User> users, SignInManager<User> signIn, AccountMails mails, IMailer mailer) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your full name."), StringLength(200, ErrorMessage = "Use 200 characters at most.")]
    public string FullName { get; set; } = "";

    public string Email { get; private set; } = "";
    public bool IsConfirmed { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();
        (FullName, Email, IsConfirmed) = (user.FullName, user.Email ?? "", user.EmailConfirmed);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();
        (Email, IsConfirmed) = (user.Email ?? "", user.EmailConfirmed);
        if (!ModelState.IsValid)
            return Page();
        user.FullName = FullName.Trim();
        await users.UpdateAsync(user);
        await signIn.RefreshSignInAsync(user);
        Flash.Done(TempData, "Profile saved.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostConfirmAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();
        if (!user.EmailConfirmed)
            await mails.AskToConfirmAsync(user);
        Flash.Done(TempData, mailer.ReachesPeople
            ? "A mail with a link is on its way to your address."
            : "No mail server is set up here: the mail lies in the outbox folder of the data directory, where whoever runs Veelocity finds it.");
        return RedirectToPage();
    }
}
