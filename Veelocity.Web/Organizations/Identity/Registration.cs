using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Mail;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>
/// Makes accounts. Registering an address that has one already changes nothing and answers the same, in the same time: the answer
/// must not tell who has an account here. Its owner is told by mail, where mails reach people.
/// </summary>
internal sealed class Registration(UserManager<User> users, AccountMails mails, IMailer mailer, IOptions<AccountOptions> options, TimeProvider clock)
{
    public const string ClosedCode = "registration_closed";
    public const string ClosedMessage = "New accounts are made by invitation here. Ask an Admin of your organization to invite you; the link in the mail makes your account.";

    /// <summary>Whether strangers may make an account: where the operator closed registration, only the first person of all.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellation = default) =>
        options.Value.Registration == AccountOptions.Open || !await users.Users.AnyAsync(cancellation);

    public async Task<User> RegisterAsync(string fullName, string email, string password)
    {
        await RequireOpenAsync();
        // Who sets the installation up cannot depend on its mail, which they may have to set up yet.
        var isFirst = !await users.Users.AnyAsync();
        var (user, isNew) = await MakeAsync(fullName, email, user => users.CreateAsync(user, password), isConfirmed: isFirst);
        if (isFirst && isNew || !mailer.ReachesPeople) return user;
        if (isNew) await mails.AskToConfirmAsync(user);
        else if (await users.FindByEmailAsync(user.Email!) is { } owner) await (owner.EmailConfirmed ? mails.TellTakenAsync(owner) : mails.AskToConfirmAsync(owner));
        return user;
    }

    /// <summary>
    /// For who holds an invitation to the address, also where strangers may not register; within the caller's transaction. Null when the address
    /// has an account.
    /// </summary>
    public async Task<User?> RegisterInvitedAsync(string fullName, string email, string password) =>
        await MakeAsync(fullName, email, user => users.CreateAsync(user, password)) is (var user, true) ? user : null;

    /// <summary>For whom another site vouches, who signs in through it and has no password here. Null when the address has an account.</summary>
    public async Task<User?> RegisterVouchedAsync(string fullName, string verifiedEmail)
    {
        await RequireOpenAsync();
        return await MakeAsync(fullName, verifiedEmail, users.CreateAsync, isConfirmed: true) is (var user, true) ? user : null;
    }

    private async Task RequireOpenAsync()
    {
        if (!await IsOpenAsync()) throw new Refused(ClosedMessage, ClosedCode, StatusCodes.Status403Forbidden);
    }

    private async Task<(User User, bool IsNew)> MakeAsync(string fullName, string email, Func<User, Task<IdentityResult>> create, bool isConfirmed = false)
    {
        email = email.Trim();
        var user = new User { FullName = fullName.Trim(), UserName = email, Email = email, EmailConfirmed = isConfirmed, CreatedAt = clock.GetUtcNow() };
        try
        {
            var result = await create(user);
            if (result.Errors.FirstOrDefault(error => !IsTaken(error)) is { } refused)
                throw new Refused(refused.Description, "registration_refused", StatusCodes.Status422UnprocessableEntity)
                {
                    Field = refused.Code.StartsWith("Password", StringComparison.Ordinal) ? "Password" : null,
                };
            return (user, result.Succeeded);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same address at the same moment: as taken as any other.
            return (user, false);
        }
    }

    private static bool IsTaken(IdentityError error) =>
        error.Code is nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.DuplicateEmail);
}
