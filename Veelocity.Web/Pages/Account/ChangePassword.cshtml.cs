using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Account;

/// <summary>Changes the password; other devices and access tokens are out with the old one.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class ChangePasswordModel(UserManager<User> users, SignInManager<User> signIn, AccountMails mails, AccountEvents events) : PageModel
{
    [BindProperty, StringLength(256)]
    public string? CurrentPassword { get; set; }

    [BindProperty, Required(ErrorMessage = "Choose a new password."), Password]
    public string NewPassword { get; set; } = "";

    /// <summary>Whether there is one to change; who signs in through another site alone sets the first.</summary>
    public bool HasPassword { get; private set; }

    public string Email { get; private set; } = "";
    public string FullName { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync() => await ReadAsync() is null ? Challenge() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ReadAsync() is not { } user)
            return Challenge();
        if (HasPassword && string.IsNullOrEmpty(CurrentPassword))
            ModelState.AddModelError(nameof(CurrentPassword), "Enter the password you have now.");
        if (!ModelState.IsValid)
            return Page();
        var result = HasPassword ? await users.ChangePasswordAsync(user, CurrentPassword!, NewPassword) : await users.AddPasswordAsync(user, NewPassword);
        if (!result.Succeeded)
        {
            foreach (var error in result.Errors)
            {
                var isCurrent = error.Code == nameof(IdentityErrorDescriber.PasswordMismatch);
                ModelState.AddModelError(
                    isCurrent ? nameof(CurrentPassword) : nameof(NewPassword),
                    isCurrent ? "This is not your current password." : error.Description);
            }
            return Page();
        }
        await events.RecordAsync(user.Id, AccountEventKind.PasswordChanged);
        await mails.TellPasswordChangedAsync(user);
        await signIn.RefreshSignInAsync(user);
        Flash.Done(TempData, HasPassword ? "Password changed. You are signed out everywhere else." : "Password set.");
        return RedirectToPage("/Account/Security");
    }

    private async Task<User?> ReadAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
            return null;
        (HasPassword, Email, FullName) = (await users.HasPasswordAsync(user), user.Email ?? "", user.FullName);
        return user;
    }
}
