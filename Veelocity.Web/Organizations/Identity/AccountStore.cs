using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>Stores accounts as the framework does, but authenticator keys encrypted and recovery codes hashed: it would keep both readable.</summary>
internal sealed class AccountStore(VeelocityDb db, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<User, VeelocityDb, Guid>(db, describer)
{
    // The framework's names for what it keeps of the second step.
    public const string Provider = "[AspNetUserStore]";
    public static readonly IReadOnlyList<string> SecondFactorSecrets = ["AuthenticatorKey", "RecoveryCodes"];

    public override Task SetAuthenticatorKeyAsync(User user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, ProtectorOf(user).Protect(key), cancellationToken);

    /// <summary>Null also when the key that encrypted it is lost: no code fits then, and a recovery code is the way in.</summary>
    public override async Task<string?> GetAuthenticatorKeyAsync(User user, CancellationToken cancellationToken)
    {
        if (await base.GetAuthenticatorKeyAsync(user, cancellationToken) is not { Length: > 0 } stored) return null;
        try
        {
            return ProtectorOf(user).Unprotect(stored);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public override Task ReplaceCodesAsync(User user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(code => Hash(user, code)), cancellationToken);

    public override Task<bool> RedeemCodeAsync(User user, string code, CancellationToken cancellationToken) =>
        base.RedeemCodeAsync(user, Hash(user, code), cancellationToken);

    private IDataProtector ProtectorOf(User user) => protection.CreateProtector("Veelocity.AuthenticatorKeys", user.Id.ToString("N"));

    // Typed with or without the hyphen, in either case.
    private static string Hash(User user, string code)
    {
        var letters = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Id:N} {letters}")));
    }
}
