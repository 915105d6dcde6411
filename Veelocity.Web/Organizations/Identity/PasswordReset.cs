using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>A new password for who forgot theirs, by a link to the account's address.</summary>
internal sealed class PasswordReset(UserManager<User> users, AccountMails mails, EmailConfirmation confirmation, AccountEvents events, TimeProvider clock)
{
    // Longer than either answer takes, so that its time does not tell whether there is an account.
    private static readonly TimeSpan AnswersAfter = TimeSpan.FromMilliseconds(300);

    /// <summary>Mails the link where the address has an account; says nothing either way.</summary>
    public Task AskAsync(string email) => Task.WhenAll(SendAsync(email.Trim()), Task.Delay(AnswersAfter, clock));

    /// <summary>Whose link it is; null when it is none of ours, used, or too old.</summary>
    public async Task<User?> FindAsync(Guid userId, string? code) =>
        code is { Length: > 0 } && await users.FindByIdAsync(userId.ToString()) is { } user && !User.IsShut(user.LockoutEnd, clock.GetUtcNow())
            && await users.VerifyUserTokenAsync(user, PasswordResetTokens.Name, UserManager<User>.ResetPasswordTokenPurpose, code)
            ? user : null;

    /// <summary>Sets the password and ends every session; whoever read the mail has shown that the address is theirs. Answers why it was refused; null when it was not.</summary>
    public async Task<string?> ResetAsync(User user, string code, string password)
    {
        var result = await users.ResetPasswordAsync(user, code, password);
        if (!result.Succeeded) return result.Errors.First().Description;
        await users.ResetAccessFailedCountAsync(user);
        await users.SetLockoutEndDateAsync(user, null);
        await events.RecordAsync(user.Id, AccountEventKind.PasswordReset);
        await confirmation.ConfirmAsync(user);
        await mails.TellPasswordChangedAsync(user);
        return null;
    }

    private async Task SendAsync(string email)
    {
        if (await users.FindByEmailAsync(email) is { } user && !User.IsShut(user.LockoutEnd, clock.GetUtcNow())) await mails.SendResetAsync(user);
    }
}

/// <summary>Codes of those links: shorter-lived than the framework's others. Signed, not stored; a new password makes all of them void.</summary>
internal sealed class PasswordResetTokens(IDataProtectionProvider protection, IOptions<PasswordResetTokens.Rules> rules, ILogger<DataProtectorTokenProvider<User>> logger)
    : DataProtectorTokenProvider<User>(protection, rules, logger)
{
    public new const string Name = "password reset";

    public sealed class Rules : DataProtectionTokenProviderOptions
    {
        public Rules() => (base.Name, TokenLifespan) = (PasswordResetTokens.Name, TimeSpan.FromHours(1));
    }
}
