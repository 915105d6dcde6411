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

/// <summary>Gives a person's app a key and turns two-factor authentication on once the app has shown that it has it.</summary>
[EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class SetUpTwoFactorModel(UserManager<User> users, TwoFactorSetup setup) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter the code that your app shows."), StringLength(10, ErrorMessage = "A code has six digits.")]
    public string Code { get; set; } = "";

    [BindProperty]
    public string? Sealed { get; set; }

    public AuthenticatorOffer Offer { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (user.TwoFactorEnabled) return RedirectToPage("/Account/Security");
        Offer = setup.Offer(user);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (user.TwoFactorEnabled) return RedirectToPage("/Account/Security");
        if (setup.Reopen(user, Sealed) is not { } offer)
        {
            Flash.Refused(TempData, "This page was open for too long. Scan the new picture, please.");
            return RedirectToPage();
        }
        Offer = offer;
        if (!ModelState.IsValid) return Page();
        if (await setup.TurnOnAsync(user, offer, Code) is not { } recoveryCodes)
        {
            ModelState.AddModelError(nameof(Code), "This is not the code of this key. Check that the clock of your phone is right, and take the code that is shown now.");
            return Page();
        }
        RecoveryCodesModel.Show(TempData, recoveryCodes);
        Flash.Done(TempData, "Two-factor authentication is on. You are signed out everywhere else.");
        return RedirectToPage("/Account/RecoveryCodes");
    }
}
