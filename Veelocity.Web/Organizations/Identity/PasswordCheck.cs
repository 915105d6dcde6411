using Microsoft.AspNetCore.Identity;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Mail;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>What came of a password: the user, or when a locked-out one may try again, or neither because it was wrong.</summary>
internal readonly record struct PasswordAnswer(User? User, TimeSpan? LockedFor)
{
    private const string Wrong = "The email address or the password is not right.";
    private const string WrongOrUnconfirmed = "The email address or the password is not right, or the address is not confirmed yet.";

    /// <summary>Whether new accounts wait for their address to be confirmed. Told with every wrong try, or it would tell which accounts wait.</summary>
    public bool AsksToConfirm { get; init; }

    public string Message => LockedFor is { } wait ? LockedMessage(wait) : AsksToConfirm ? WrongOrUnconfirmed : Wrong;

    public static string LockedMessage(TimeSpan wait) => $"Too many failed attempts. Try again in {Minutes(wait)}.";

    private static string Minutes(TimeSpan wait) =>
        Math.Ceiling(wait.TotalMinutes) is var minutes && minutes <= 1 ? "1 minute" : FormattableString.Invariant($"{minutes} minutes");
}

/// <summary>Checks an address and a password, for pages and API alike; never lets on whether the address has an account.</summary>
internal sealed class PasswordCheck(
    UserManager<User> users,
    SignInManager<User> signIn,
    IPasswordHasher<User> hasher,
    UnknownAddresses unknown,
    EmailConfirmation confirmation,
    IMailer mailer,
    TimeProvider clock)
{
    public async Task<PasswordAnswer> CheckAsync(string email, string password)
    {
        if (await users.FindByEmailAsync(email.Trim()) is not { } user)
            return CheckUnknown(email, password);
        if (confirmation.IsAwaited(user))
            return await CountAsWrongAsync(user, password);
        return await CheckOwnAsync(user, password);
    }

    /// <summary>Checks a password for who came by a link of their own, whether or not the address is confirmed.</summary>
    public async Task<PasswordAnswer> CheckOwnAsync(User user, string password)
    {
        if (user.PasswordHash is null) TakeTime(password);
        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        return result switch
        {
            { Succeeded: true } => new PasswordAnswer(user, null),
            { IsLockedOut: true } => Locked(user.LockoutEnd),
            _ => Wrong,
        };
    }

    // Also a right one: an account that did not lock after five tries would be known to wait for its owner.
    private async Task<PasswordAnswer> CountAsWrongAsync(User user, string password)
    {
        if (await users.IsLockedOutAsync(user)) return Locked(user.LockoutEnd);
        TakeTime(password);
        await users.AccessFailedAsync(user);
        return await users.IsLockedOutAsync(user) ? Locked(user.LockoutEnd) : Wrong;
    }

    private PasswordAnswer CheckUnknown(string email, string password)
    {
        if (unknown.LockedUntil(email) is { } until)
            return Locked(until);
        TakeTime(password);
        return unknown.Fail(email) is { } locked ? Locked(locked) : Wrong;
    }

    // As long as checking a real password takes.
    private void TakeTime(string password) => hasher.HashPassword(new User { FullName = "" }, password);

    private PasswordAnswer Wrong => new() { AsksToConfirm = mailer.ReachesPeople };

    private PasswordAnswer Locked(DateTimeOffset? until) => new(null, until - clock.GetUtcNow() ?? UnknownAddresses.Lockout);
}
