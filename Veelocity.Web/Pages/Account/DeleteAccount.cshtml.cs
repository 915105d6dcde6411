using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Deletion;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Forms;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Pages.Account;

/// <summary>Says what goes with an account, and deletes it for whoever knows its password or has just signed in.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class DeleteAccountModel(
    VeelocityDb db, UserManager<User> users, SignInManager<User> signIn, PasswordCheck passwords, AccountDeletion deletion, TimeProvider clock) : PageModel
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    [BindProperty, StringLength(256)]
    public string? Password { get; set; }

    public bool HasPassword { get; private set; }

    /// <summary>Whether they signed in just now; asked of accounts that have no password.</summary>
    public bool IsFresh { get; private set; }

    public IReadOnlyList<AccountDeletion.Place> Needing { get; private set; } = [];
    public IReadOnlyList<AccountDeletion.Place> Going { get; private set; } = [];
    public IReadOnlyList<AccountDeletion.Place> Left { get; private set; } = [];
    public bool MayDelete => Needing.Count == 0 && (HasPassword || IsFresh);

    public static string NamesOf(IReadOnlyList<AccountDeletion.Place> places) => AuditDetail.List([.. places.Select(p => p.Name)]);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await ReadAsync(cancellation) is null ? Challenge() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is not { } user) return Challenge();
        if (!MayDelete) return Page();
        if (HasPassword && ModelState.IsValid && await RefusalAsync(user) is { } refusal) ModelState.AddModelError(nameof(Password), refusal);
        if (!ModelState.IsValid) return Page();
        await deletion.DeleteAsync(user, CancellationToken.None);
        await signIn.SignOutAsync();
        Flash.Done(TempData, "Your account is deleted.");
        return LocalRedirect("/");
    }

    private async Task<User?> ReadAsync(CancellationToken cancellation)
    {
        if (await users.GetUserAsync(User) is not { } user) return null;
        HasPassword = await users.HasPasswordAsync(user);
        var (session, since) = (User.SessionId(), clock.GetUtcNow() - FreshFor);
        IsFresh = await db.Sessions.AnyAsync(s => s.Id == session && s.UserId == user.Id && s.CreatedAt > since, cancellation);
        var places = await deletion.ListAsync(user.Id, cancellation);
        (Needing, Going) = ([.. places.Where(p => p.NeedsThem)], [.. places.Where(p => p.GoesWithThem)]);
        Left = [.. places.Where(p => p is { NeedsThem: false, GoesWithThem: false })];
        return user;
    }

    private async Task<string?> RefusalAsync(User user)
    {
        if (string.IsNullOrEmpty(Password)) return "Enter your password.";
        var answer = await passwords.CheckAsync(user.Email!, Password);
        return answer.User is not null ? null : answer.LockedFor is null ? "This is not your password." : answer.Message;
    }
}
