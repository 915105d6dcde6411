using Microsoft.AspNetCore.Identity;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>The ways into an account, of which the last one stays.</summary>
internal sealed class WaysIn(UserManager<User> users)
{
    public const string Refusal = "This is the only way into your account. Set a password or add a passkey first.";

    /// <summary>Whether there is but one.</summary>
    public async Task<bool> AreFewAsync(User user) =>
        (await users.HasPasswordAsync(user) ? 1 : 0) + (await users.GetPasskeysAsync(user)).Count + (await users.GetLoginsAsync(user)).Count <= 1;
}
