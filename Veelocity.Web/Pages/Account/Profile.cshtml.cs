using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Account;

/// <summary>What a person tells about themselves.</summary>
internal sealed class ProfileModel(UserManager<User> users, SignInManager<User> signIn) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your full name."), StringLength(200, ErrorMessage = "Use 200 characters at most.")]
    public string FullName { get; set; } = "";

    public string Email { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();
        (FullName, Email) = (user.FullName, user.Email ?? "");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();
        Email = user.Email ?? "";
        if (!ModelState.IsValid)
            return Page();
        user.FullName = FullName.Trim();
        await users.UpdateAsync(user);
        await signIn.RefreshSignInAsync(user);
        Flash.Done(TempData, "Profile saved.");
        return RedirectToPage();
    }
}
