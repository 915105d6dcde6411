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

/// <summary>Turns two-factor authentication off for whoever knows the password, or has a code where there is none.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class TurnOffTwoFactorModel(UserManager<User> users, PasswordCheck passwords, SecondFactor second, TwoFactorSetup setup) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Show that it is you."), StringLength(256)]
    public string Proof { get; set; } = "";

    public bool HasPassword { get; private set; }

    public async Task<IActionResult> OnGetAsync() =>
        await ReadAsync() is not { } user ? Challenge() : user.TwoFactorEnabled ? Page() : RedirectToPage("/Account/Security");

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ReadAsync() is not { } user) return Challenge();
        if (!user.TwoFactorEnabled) return RedirectToPage("/Account/Security");
        if (ModelState.IsValid && await RefusalAsync(user) is { } refusal) ModelState.AddModelError(nameof(Proof), refusal);
        if (!ModelState.IsValid) return Page();
        await setup.TurnOffAsync(user);
        Flash.Done(TempData, "Two-factor authentication is off.");
        return RedirectToPage("/Account/Security");
    }

    private async Task<User?> ReadAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return null;
        HasPassword = await users.HasPasswordAsync(user);
        return user;
    }

    private async Task<string?> RefusalAsync(User user)
    {
        if (!HasPassword) return await second.CheckAsync(user, Proof) is { IsRight: false } wrongCode ? wrongCode.Message : null;
        var answer = await passwords.CheckAsync(user.Email!, Proof);
        return answer.User is not null ? null : answer.LockedFor is null ? "This is not your password." : answer.Message;
    }
}
