using Microsoft.AspNetCore.Identity;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Mail;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>
/// Shows that an address is its account's own. The mail's link alone does not do it: the password has to come with it, so that nobody confirms, by
/// one click, an account that a stranger made with their address.
/// </summary>
internal sealed class EmailConfirmation(UserManager<User> users, IMailer mailer, AccountEvents events)
{
    public static readonly TimeSpan LinkLasts = TimeSpan.FromDays(3);

    /// <summary>
    /// Whether the account cannot be signed in to yet. Where mails do not reach people nobody could confirm anything, and nothing is asked.
    /// </summary>
    public bool IsAwaited(User user) => mailer.ReachesPeople && !user.EmailConfirmed;

    /// <summary>Whose link it is; null when it is none of ours or too old.</summary>
    public async Task<User?> FindAsync(Guid userId, string? code) =>
        code is { Length: > 0 } && await users.FindByIdAsync(userId.ToString()) is { } user
            && await users.VerifyUserTokenAsync(user, users.Options.Tokens.EmailConfirmationTokenProvider, UserManager<User>.ConfirmEmailTokenPurpose, code)
            ? user : null;

    public async Task ConfirmAsync(User user)
    {
        if (user.EmailConfirmed) return;
        user.EmailConfirmed = true;
        await users.UpdateAsync(user);
        await events.RecordAsync(user.Id, AccountEventKind.EmailConfirmed);
    }
}
