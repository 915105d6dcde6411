using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>Whose account a GitHub sign-in is. An account is never taken over by an equal address alone: both sides must have proved it.</summary>
internal sealed class GitHubAccounts(VeelocityDb db, UserManager<User> users, Registration registration, WaysIn ways, AccountEvents events, TimeProvider clock)
{
    /// <summary>The account that is linked, or is linked now, or is made now; refused in words where none of them is safe.</summary>
    public async Task<User> ForSignInAsync(ExternalLoginInfo gitHub, CancellationToken cancellation)
    {
        if (await users.FindByLoginAsync(gitHub.LoginProvider, gitHub.ProviderKey) is { } linked) return Admitted(linked);
        if (gitHub.Principal.FindFirstValue(ClaimTypes.Email) is not { Length: > 0 } email)
            throw new Refused("Your primary address at GitHub is not verified there. Verify it, then try again.", "email_not_verified");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await users.FindByEmailAsync(email);
        if (user is { EmailConfirmed: false })
        {
            throw new Refused(
                "There is an account with your address, and nobody has confirmed the address here yet. Sign in with its password, or choose a new one by mail, then link GitHub on your security page.",
                "link_by_hand");
        }
        user ??= await registration.RegisterVouchedAsync(gitHub.Principal.CallerName() ?? email, email)
            ?? throw new Refused("This did not work. Please try again.");
        await LinkAsync(Admitted(user), gitHub);
        await transaction.CommitAsync(cancellation);
        return user;
    }

    public async Task LinkAsync(User user, ExternalLoginInfo gitHub)
    {
        if (await users.FindByLoginAsync(gitHub.LoginProvider, gitHub.ProviderKey) is { } other)
        {
            if (other.Id == user.Id) return;
            throw new Refused("This GitHub account opens another account here. Unlink it there first.", "already_linked");
        }
        var login = gitHub.Principal.FindFirstValue(ClaimTypes.Name) ?? "";
        await users.AddLoginAsync(user, new UserLoginInfo(gitHub.LoginProvider, gitHub.ProviderKey, login));
        await events.RecordAsync(user.Id, AccountEventKind.GitHubLinked, login);
    }

    public async Task UnlinkAsync(User user)
    {
        if (await FindAsync(user) is not { } login) return;
        if (await ways.AreFewAsync(user)) throw new Refused(WaysIn.Refusal, "last_way_in");
        await users.RemoveLoginAsync(user, login.LoginProvider, login.ProviderKey);
        await events.RecordAsync(user.Id, AccountEventKind.GitHubUnlinked, login.ProviderDisplayName);
    }

    /// <summary>The account at GitHub that opens this one; null when none does.</summary>
    public async Task<UserLoginInfo?> FindAsync(User user) =>
        (await users.GetLoginsAsync(user)).FirstOrDefault(login => login.LoginProvider == GitHubSignIn.Scheme);

    private User Admitted(User user) => User.IsShut(user.LockoutEnd, clock.GetUtcNow()) ? throw new Refused("This account is closed.", "account_closed") : user;
}
