using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Account;

/// <summary>Where the link for a new password leads.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ResetPasswordModel(PasswordReset reset) : PageModel
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid UserId { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public string? Code { get; set; }

    [BindProperty, Required(ErrorMessage = "Choose a password."), Password]
    public string Password { get; set; } = "";

    /// <summary>Whose password it is; null when the link does not work.</summary>
    public User? Owner { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        Owner = await reset.FindAsync(UserId, Code);
        return Answer();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Owner = await reset.FindAsync(UserId, Code);
        if (Owner is null || !ModelState.IsValid) return Answer();
        if (await reset.ResetAsync(Owner, Code!, Password) is { } refused)
        {
            ModelState.AddModelError(nameof(Password), refused);
            return Answer();
        }
        Flash.Done(TempData, "Your new password is set. Sign in with it.");
        TempData[LoginModel.EmailKey] = Owner.Email;
        return RedirectToPage("/Account/Login");
    }

    private PageResult Answer() => new() { StatusCode = Owner is null ? StatusCodes.Status410Gone : null };
}
