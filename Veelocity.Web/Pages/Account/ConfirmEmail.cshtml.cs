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

/// <summary>Where the link that confirms an address leads: to a sign-in, since the password has to come with it.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ConfirmEmailModel(EmailConfirmation confirmation, PasswordCheck passwords, SignIns signIn) : PageModel
{
    [BindProperty(SupportsGet = true), FromRoute]
    public Guid UserId { get; set; }

    [BindProperty(SupportsGet = true), FromQuery]
    public string? Code { get; set; }

    [BindProperty, Required(ErrorMessage = "Enter your password."), StringLength(256)]
    public string Password { get; set; } = "";

    /// <summary>Whose address it is; null when the link does not work.</summary>
    public User? Owner { get; private set; }

    /// <summary>Why the last try did not do it; null when there was none.</summary>
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        Owner = await confirmation.FindAsync(UserId, Code);
        return Answer();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Owner = await confirmation.FindAsync(UserId, Code);
        if (Owner is null || !ModelState.IsValid) return Answer();
        var answer = await passwords.CheckOwnAsync(Owner, Password);
        if (answer.User is not { } user)
        {
            Refusal = answer.LockedFor is null ? "This is not the password of the account." : answer.Message;
            return Answer();
        }
        await confirmation.ConfirmAsync(user);
        Flash.Done(TempData, "Your address is confirmed.");
        return await signIn.PassFirstStepAsync(user, isPersistent: false) ? LocalRedirect("/") : RedirectToPage("/Account/TwoFactor");
    }

    private PageResult Answer() => new()
    {
        StatusCode = Owner is null ? StatusCodes.Status410Gone : Refusal is not null ? StatusCodes.Status422UnprocessableEntity : null,
    };
}
