using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Identity;

namespace Veelocity.Web.Pages.Account;

/// <summary>How a person signs in, and what happened to their account.</summary>
internal sealed class SecurityModel(UserManager<User> users, GitHubAccounts gitHub, AccountEvents events, IOptions<AccountOptions> accounts) : PageModel
{
    private const int MostEvents = 30;

    public bool HasPassword { get; private set; }
    public bool HasTwoFactor { get; private set; }
    public int RecoveryCodesLeft { get; private set; }
    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];
    public UserLoginInfo? GitHub { get; private set; }
    public bool OffersGitHub => accounts.Value.SignIn.GitHub.IsConfigured;
    public IReadOnlyList<AccountEvent> Events { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await users.GetUserAsync(User) is not { } user) return Challenge();
        HasPassword = await users.HasPasswordAsync(user);
        HasTwoFactor = user.TwoFactorEnabled;
        if (HasTwoFactor) RecoveryCodesLeft = await users.CountRecoveryCodesAsync(user);
        Passkeys = [.. (await users.GetPasskeysAsync(user)).OrderBy(passkey => passkey.CreatedAt)];
        GitHub = await gitHub.FindAsync(user);
        Events = await events.ListAsync(user.Id, MostEvents, cancellation);
        return Page();
    }
}
