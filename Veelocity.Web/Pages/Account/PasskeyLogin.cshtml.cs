using System.Net.Mime;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Account;

/// <summary>Signs a person in by a passkey, which says itself whose it is; the sign-in page has its form.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
internal sealed class PasskeyLoginModel(UserManager<User> users, SignIns signIn, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    public IActionResult OnGet() => RedirectToPage("/Account/Login", new { ReturnUrl });

    /// <summary>What the browser asks the person's device for.</summary>
    public async Task<IActionResult> OnPostOptionsAsync() => Content(await signIn.MakePasskeyRequestOptionsAsync(null), MediaTypeNames.Application.Json);

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrEmpty(Credential)) return Refuse("This takes a passkey and a browser that runs scripts.");
        var answer = await signIn.AssertPasskeyAsync(Credential);
        if (answer is not { Succeeded: true } || Data.User.IsShut(answer.User.LockoutEnd, clock.GetUtcNow()))
            return Refuse("This passkey does not open an account here. Sign in another way; on your security page you can add it.");
        await users.AddOrUpdatePasskeyAsync(answer.User, answer.Passkey); // it counts its uses
        await signIn.SignInAsync(answer.User, isPersistent: true, SignIns.Passkey);
        return LocalRedirect(Url.Within(ReturnUrl));
    }

    private RedirectToPageResult Refuse(string why)
    {
        Flash.Refused(TempData, why);
        return RedirectToPage("/Account/Login", new { ReturnUrl });
    }
}
