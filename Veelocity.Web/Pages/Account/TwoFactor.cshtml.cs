using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Account;

/// <summary>The second step of signing in: a code of the app, or a recovery code. The first step's cookie is good for five minutes.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
internal sealed class TwoFactorModel(SignIns signIn, SecondFactor second) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool RememberMe { get; set; }

    [BindProperty, Required(ErrorMessage = "Enter a code."), StringLength(40, ErrorMessage = "A code is shorter.")]
    public string Code { get; set; } = "";

    [BindProperty]
    public bool RememberDevice { get; set; }

    public async Task<IActionResult> OnGetAsync() => await signIn.GetTwoFactorAuthenticationUserAsync() is null ? StartAgain() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user) return StartAgain();
        if (!ModelState.IsValid) return Page();
        var answer = await second.CheckAsync(user, Code);
        if (!answer.IsRight)
        {
            ModelState.AddModelError(nameof(Code), answer.Message);
            return Page();
        }
        await signIn.PassSecondStepAsync(user, RememberMe, RememberDevice);
        return LocalRedirect(Url.Within(ReturnUrl));
    }

    private RedirectToPageResult StartAgain()
    {
        Flash.Refused(TempData, "Sign in first. After that there are five minutes for the code.");
        return RedirectToPage("/Account/Login", new { ReturnUrl });
    }
}
