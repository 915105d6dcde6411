using Microsoft.AspNetCore.Identity;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>What came of a code: right, wrong, or not even looked at while the account is locked.</summary>
internal readonly record struct CodeAnswer(bool IsRight, TimeSpan? LockedFor = null)
{
    public string Message => LockedFor is { } wait ? PasswordAnswer.LockedMessage(wait) : "This code is not right, or was used already. Take the one that your app shows now.";
}

/// <summary>Checks the second step of a sign-in, for pages and API alike: a code of the app, or a recovery code. Wrong ones lock the account as wrong passwords do.</summary>
internal sealed class SecondFactor(UserManager<User> users, AccountEvents events, TimeProvider clock)
{
    public async Task<CodeAnswer> CheckAsync(User user, string code)
    {
        if (await users.IsLockedOutAsync(user)) return Locked(user);
        if (await IsRightAsync(user, string.Concat(code.Where(char.IsAsciiLetterOrDigit))))
        {
            await users.ResetAccessFailedCountAsync(user);
            return new CodeAnswer(IsRight: true);
        }
        await users.AccessFailedAsync(user);
        return await users.IsLockedOutAsync(user) ? Locked(user) : default;
    }

    private async Task<bool> IsRightAsync(User user, string code)
    {
        if (code.Length == Totp.Digits && code.All(char.IsAsciiDigit))
            return await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code);
        if (!(await users.RedeemTwoFactorRecoveryCodeAsync(user, code)).Succeeded) return false;
        await events.RecordAsync(user.Id, AccountEventKind.RecoveryCodeUsed, $"{await users.CountRecoveryCodesAsync(user)} left");
        return true;
    }

    private CodeAnswer Locked(User user) => new(IsRight: false, user.LockoutEnd - clock.GetUtcNow() ?? User.LockedByAttempts);
}
