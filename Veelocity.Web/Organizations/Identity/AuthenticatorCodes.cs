using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>Checks codes of authenticator apps, each of which is good once: in place of the framework's own check, which takes one again for minutes.</summary>
internal sealed class AuthenticatorCodes(VeelocityDb db, TimeProvider clock) : IUserTwoFactorTokenProvider<User>
{
    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<User> manager, User user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    // The person's own device makes them.
    public Task<string> GenerateAsync(string purpose, UserManager<User> manager, User user) => Task.FromResult("");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<User> manager, User user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key
        && Totp.StepOf(key, token, clock.GetUtcNow()) is { } step
        && await TakeAsync(user, step);

    /// <summary>Uses up the code of that half minute; false when it, or a later one, was used already. Of two at the same moment one wins.</summary>
    public async Task<bool> TakeAsync(User user, long step)
    {
        var taken = await db.Users.Where(u => u.Id == user.Id && (u.LastAuthenticatorStep == null || u.LastAuthenticatorStep < step))
            .ExecuteUpdateAsync(change => change.SetProperty(u => u.LastAuthenticatorStep, step));
        if (taken == 1) user.LastAuthenticatorStep = step; // what is saved next writes every column
        return taken == 1;
    }
}
