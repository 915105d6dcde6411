using Microsoft.Extensions.Caching.Memory;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>
/// Locks out addresses that have no account just as those that have one, so that a lockout does not tell which is which. Kept in
/// memory and bounded: nothing depends on it but the likeness.
/// </summary>
internal sealed class UnknownAddresses(TimeProvider clock) : IDisposable
{
    public const int AttemptsBeforeLockout = 5;
    public static readonly TimeSpan Lockout = User.LockedByAttempts;

    private readonly MemoryCache tries = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>When the address is let in again; null when it is not locked out.</summary>
    public DateTimeOffset? LockedUntil(string email) =>
        tries.Get<Tries>(Key(email)) is { LockedUntil: { } until } && until > clock.GetUtcNow() ? until : null;

    public DateTimeOffset? Fail(string email)
    {
        var count = (tries.Get<Tries>(Key(email)) is { LockedUntil: null } before ? before.Count : 0) + 1;
        DateTimeOffset? until = count >= AttemptsBeforeLockout ? clock.GetUtcNow() + Lockout : null;
        tries.Set(Key(email), new Tries(count, until), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) });
        return until;
    }

    public void Dispose() => tries.Dispose();

    private static string Key(string email) => email.Trim().ToUpperInvariant();

    private sealed record Tries(int Count, DateTimeOffset? LockedUntil);
}
