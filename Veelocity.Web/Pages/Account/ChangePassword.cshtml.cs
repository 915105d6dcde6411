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
internal sealed class ChangePasswordModel(UserManager<User> users, SignInManager<User> signIn) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter the password you have now."), StringLength(256)]
    public string CurrentPassword { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Choose a new password."), Password]
    public string NewPassword { get; set; } = "";

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();
        if (!ModelState.IsValid)
            return Page();
        var result = await users.ChangePasswordAsync(user, CurrentPassword, NewPassword);
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
        await signIn.RefreshSignInAsync(user);
        Flash.Done(TempData, "Password changed.");
        return RedirectToPage("/Account/Profile");
    }
}
