using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Account;

/// <summary>
/// Makes an account. Goes on to signing in with the same words whether or not the address had one already, so that the page
/// does not tell who has an account.
/// </summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
internal sealed class RegisterModel(Registration registration, EmailConfirmation confirmation) : PageModel
{
    private const string ToSignIn = "Sign in with the password you chose. An address that had an account before keeps its password.";
    private const string ToConfirm = "We have sent you a mail. Follow its link to confirm your address; then you can sign in.";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty, Required(ErrorMessage = "Enter your full name."), StringLength(200, ErrorMessage = "Use 200 characters at most.")]
    public string FullName { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Enter your email address."), StringLength(256, ErrorMessage = "Use 256 characters at most.")]
    [EmailAddress(ErrorMessage = "Enter an address in the form name@example.com.")]
    public string Email { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Choose a password."), Password]
    public string Password { get; set; } = "";

    /// <summary>Whether strangers may make an account here.</summary>
    public bool IsOpen { get; private set; }

    public async Task OnGetAsync() => IsOpen = await registration.IsOpenAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        IsOpen = await registration.IsOpenAsync();
        if (!IsOpen || !ModelState.IsValid)
            return Page();
        try
        {
            var user = await registration.RegisterAsync(FullName, Email, Password);
            Flash.Done(TempData, confirmation.IsAwaited(user) ? ToConfirm : ToSignIn);
        }
        catch (Refused refused) when (refused.Field is { } field)
        {
            ModelState.AddModelError(field, refused.Message);
            return Page();
        }
        TempData[LoginModel.EmailKey] = Email;
        return RedirectToPage("/Account/Login", new { ReturnUrl });
    }
}
