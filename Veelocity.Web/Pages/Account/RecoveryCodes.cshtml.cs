using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Identity;

namespace Veelocity.Web.Pages.Account;

/// <summary>Shows recovery codes once, when they were just made; later, how many are left.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class RecoveryCodesModel(UserManager<User> users, TwoFactorSetup setup) : PageModel
{
    private const string Key = "recovery-codes";

    public IReadOnlyList<string> Made { get; private set; } = [];
    public int Left { get; private set; }

    /// <summary>Hands them to the next look at this page, sealed in the browser's cookie.</summary>
    public static void Show(ITempDataDictionary data, IReadOnlyList<string> codes) => data[Key] = codes.ToArray();

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (!user.TwoFactorEnabled) return RedirectToPage("/Account/Security");
        Made = TempData[Key] as string[] ?? [];
        Left = await users.CountRecoveryCodesAsync(user);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (user.TwoFactorEnabled) Show(TempData, await setup.MakeRecoveryCodesAsync(user));
        return RedirectToPage();
    }
}
