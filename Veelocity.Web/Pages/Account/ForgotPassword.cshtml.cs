using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Mail;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Account;

/// <summary>Mails a link for a new password. Says the same for addresses with and without an account.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
internal sealed class ForgotPasswordModel(PasswordReset reset, IMailer mailer) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your email address."), StringLength(256, ErrorMessage = "Use 256 characters at most.")]
    [EmailAddress(ErrorMessage = "Enter an address in the form name@example.com.")]
    public string Email { get; set; } = "";

    /// <summary>The address that was asked for; null while the form is shown.</summary>
    public string? Asked { get; private set; }

    public bool ReachesPeople => mailer.ReachesPeople;

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return Page();
        await reset.AskAsync(Email);
        Asked = Email.Trim();
        return Page();
    }
}
