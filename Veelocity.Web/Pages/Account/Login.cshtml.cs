using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Account;

/// <summary>Signs a person in by email address and password, and returns them to where they wanted to go.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
internal sealed class LoginModel(PasswordCheck passwords, SignIns signIn) : PageModel
{
    /// <summary>Where registration leaves the address, so that it need not be typed twice.</summary>
    internal const string EmailKey = "email";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty, Required(ErrorMessage = "Enter your email address."), StringLength(256)]
    public string Email { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Enter your password."), StringLength(256)]
    public string Password { get; set; } = "";

    [BindProperty]
    public bool RememberMe { get; set; }

    /// <summary>Why the last try did not sign in; null when there was none.</summary>
    public string? Refusal { get; private set; }

    public IActionResult OnGet()
    {
        if (User.Identity?.IsAuthenticated == true)
            return Onwards();
        Email = TempData[EmailKey] as string ?? "";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return Page();
        var answer = await passwords.CheckAsync(Email, Password);
        if (answer.User is { } user)
            return await signIn.PassFirstStepAsync(user, RememberMe) ? Onwards() : RedirectToPage("/Account/TwoFactor", new { ReturnUrl, RememberMe });
        Refusal = answer.Message;
        return new PageResult { StatusCode = StatusCodes.Status422UnprocessableEntity };
    }

    private LocalRedirectResult Onwards() => LocalRedirect(Url.Within(ReturnUrl));
}
