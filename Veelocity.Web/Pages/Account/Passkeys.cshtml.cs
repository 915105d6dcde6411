using System.Net.Mime;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Forms;

namespace Veelocity.Web.Pages.Account;

/// <summary>Adds, renames and removes a person's passkeys; the security page has the forms.</summary>
internal sealed class PasskeysModel(UserManager<User> users, SignIns signIn, WaysIn ways, AccountEvents events) : PageModel
{
    public const int LongestName = 100;
    private const int Most = 20;

    [BindProperty]
    public string? Name { get; set; }

    public IActionResult OnGet() => Back();

    /// <summary>What the browser makes the passkey from.</summary>
    public async Task<IActionResult> OnPostOptionsAsync()
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        var entity = new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.Email ?? "", DisplayName = user.FullName };
        return Content(await signIn.MakePasskeyCreationOptionsAsync(entity), MediaTypeNames.Application.Json);
    }

    public async Task<IActionResult> OnPostAddAsync(string? credential)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if ((await users.GetPasskeysAsync(user)).Count >= Most) return Refuse($"You have {Most} passkeys. Remove one that you no longer use.");
        var answer = string.IsNullOrEmpty(credential) ? null : await signIn.AttestPasskeyAsync(credential);
        if (answer is not { Succeeded: true } || answer.UserEntity.Id != user.Id.ToString()) return Refuse("The passkey was not added. Please try again.");
        if (await users.FindByPasskeyIdAsync(answer.Passkey.CredentialId) is not null) return Refuse("This passkey is in use already.");
        answer.Passkey.Name = NameOr(Device.InWords(Request.Headers.UserAgent.ToString()));
        await users.AddOrUpdatePasskeyAsync(user, answer.Passkey);
        await events.RecordAsync(user.Id, AccountEventKind.PasskeyAdded, answer.Passkey.Name);
        Flash.Done(TempData, "Passkey added. Next time you can sign in with it.");
        return Back();
    }

    public async Task<IActionResult> OnPostRenameAsync(string? id)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (await FindAsync(user, id) is not { } passkey) return NotFound();
        passkey.Name = NameOr(passkey.Name ?? "Passkey");
        await users.AddOrUpdatePasskeyAsync(user, passkey);
        Flash.Done(TempData, "Passkey renamed.");
        return Back();
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? id)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        if (await FindAsync(user, id) is not { } passkey) return NotFound();
        if (await ways.AreFewAsync(user)) return Refuse(WaysIn.Refusal);
        await users.RemovePasskeyAsync(user, passkey.CredentialId);
        await events.RecordAsync(user.Id, AccountEventKind.PasskeyRemoved, passkey.Name);
        Flash.Done(TempData, "Passkey removed. Delete it on your device too, so that it is not offered any more.");
        return Back();
    }

    private async Task<UserPasskeyInfo?> FindAsync(User user, string? id)
    {
        try
        {
            return id is { Length: > 0 and < 2000 } ? await users.GetPasskeyAsync(user, WebEncoders.Base64UrlDecode(id)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private string NameOr(string otherwise) =>
        Name?.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, LongestName)] : otherwise;

    private RedirectToPageResult Refuse(string why)
    {
        Flash.Refused(TempData, why);
        return Back();
    }

    private RedirectToPageResult Back() => RedirectToPage("/Account/Security", null, null, "passkeys");
}
