using Microsoft.AspNetCore.Identity;

namespace Veelocity.Web.Data;

/// <summary>A person who can sign in; may belong to several organizations.</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>How long failed attempts lock an account. Whoever knows an address can bring that about.</summary>
    public static readonly TimeSpan LockedByAttempts = TimeSpan.FromMinutes(15);

    public User() => Id = Guid.CreateVersion7();

    [PersonalData]
    public required string FullName { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The half minute whose authenticator code was accepted last; neither that nor an earlier one is accepted again.</summary>
    public long? LastAuthenticatorStep { get; set; }

    /// <summary>
    /// Whether the account was locked by more than failed attempts. Those must not end sessions and tokens, or any stranger could; a lock that
    /// lasts much longer was meant, and ends both.
    /// </summary>
    public static bool IsShut(DateTimeOffset? lockoutEnd, DateTimeOffset now) => lockoutEnd > now + 2 * LockedByAttempts;
}
