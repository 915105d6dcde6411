using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Account;

/// <summary>
/// Makes an account. Goes on to signing in with the same words whether or not the address had one already, so that the page
/// does not tell who has an account.
/// </summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
internal sealed class RegisterModel(Registration registration) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty, Required(ErrorMessage = "Enter your full name."), StringLength(200, ErrorMessage = "Use 200 characters at most.")]
    public string FullName { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Enter your email address."), StringLength(256, ErrorMessage = "Use 256 characters at most.")]
    [EmailAddress(ErrorMessage = "Enter an address in the form name@example.com.")]
    public string Email { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Choose a password."), Password]
    public string Password { get; set; } = "";

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return Page();
        await registration.RegisterAsync(FullName, Email, Password);
        Flash.Done(TempData, "Sign in with the password you chose. An address that had an account before keeps its password.");
        TempData[LoginModel.EmailKey] = Email;
        return RedirectToPage("/Account/Login", new { ReturnUrl });
    }
}
