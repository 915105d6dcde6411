using Microsoft.AspNetCore.Identity;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>What came of a password: the user, or when a locked-out one may try again, or neither because it was wrong.</summary>
internal readonly record struct PasswordAnswer(User? User, TimeSpan? LockedFor)
{
    public const string Wrong = "The email address or the password is not right.";

    public string Message => LockedFor is { } wait
        ? $"Too many failed attempts. Try again in {Minutes(wait)}."
        : Wrong;

    private static string Minutes(TimeSpan wait) =>
        Math.Ceiling(wait.TotalMinutes) is var minutes && minutes <= 1 ? "1 minute" : FormattableString.Invariant($"{minutes} minutes");
}

/// <summary>Checks an address and a password, for pages and API alike; never lets on whether the address has an account.</summary>
internal sealed class PasswordCheck(
    UserManager<User> users,
    SignInManager<User> signIn,
    IPasswordHasher<User> hasher,
    UnknownAddresses unknown,
    TimeProvider clock)
{
    public async Task<PasswordAnswer> CheckAsync(string email, string password)
    {
        if (await users.FindByEmailAsync(email.Trim()) is not { } user)
            return CheckUnknown(email, password);
        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        return result switch
        {
            { Succeeded: true } => new PasswordAnswer(user, null),
            { IsLockedOut: true } => Locked(user.LockoutEnd),
            _ => default,
        };
    }

    private PasswordAnswer CheckUnknown(string email, string password)
    {
        if (unknown.LockedUntil(email) is { } until)
            return Locked(until);
        // Takes the time that checking a real password takes.
        hasher.HashPassword(new User { FullName = "" }, password);
        return unknown.Fail(email) is { } locked ? Locked(locked) : default;
    }

    private PasswordAnswer Locked(DateTimeOffset? until) => new(null, until - clock.GetUtcNow() ?? UnknownAddresses.Lockout);
}
