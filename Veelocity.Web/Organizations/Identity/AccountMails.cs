using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Mails;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>Mails about an account, to its own address alone; a few an hour, whoever asks for them.</summary>
internal sealed class AccountMails(VeelocityDb db, UserManager<User> users, MailQueue mails, PublicAddress address, TimeProvider clock)
{
    public const int MostAnHour = 5;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Asks to confirm the address.</summary>
    public async Task AskToConfirmAsync(User user)
    {
        if (await IsFloodedAsync(user)) return;
        await QueueAsync(user, AccountLetters.Confirm(Link("confirm-email", user, await users.GenerateEmailConfirmationTokenAsync(user))));
    }

    /// <summary>Tells the owner of an address that somebody, perhaps they themselves, tried to register it again.</summary>
    public async Task TellTakenAsync(User owner)
    {
        if (await IsFloodedAsync(owner)) return;
        await QueueAsync(owner, AccountLetters.Taken(address.Of("/account/forgot-password")));
    }

    public async Task SendResetAsync(User user)
    {
        if (await IsFloodedAsync(user)) return;
        await QueueAsync(user, AccountLetters.Reset(Link("reset-password", user, await users.GeneratePasswordResetTokenAsync(user))));
    }

    /// <summary>Not limited: whoever took an account over must not be able to keep its owner from hearing of it.</summary>
    public Task TellPasswordChangedAsync(User user) => QueueAsync(user, AccountLetters.PasswordChanged(address.Of("/account/forgot-password")));

    private Uri Link(string page, User user, string code) =>
        address.Of(QueryHelpers.AddQueryString($"/account/{page}/{user.Id}", "code", code));

    private async Task<bool> IsFloodedAsync(User user)
    {
        var since = clock.GetUtcNow() - Hour;
        using var installation = db.ForInstallation(); // these mails belong to no organization
        return await db.Mails.Where(m => m.OrganizationId == null && m.Recipient == user.Email && m.QueuedAt > since).CountAsync() >= MostAnHour;
    }

    private async Task QueueAsync(User user, Platform.Mail.Letter letter)
    {
        mails.Add(organizationId: null, user.Email!, letter);
        await db.SaveChangesAsync();
    }
}
