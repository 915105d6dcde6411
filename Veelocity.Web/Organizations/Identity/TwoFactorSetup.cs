using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using QRCoder;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>A key that the person's app has still to prove: it is kept in the form, sealed, and stored with the first right code.</summary>
/// <param name="Sealed">For the form's hidden field: good for its maker and half an hour.</param>
internal sealed record AuthenticatorOffer(string Key, string Sealed, string Address)
{
    /// <summary>In groups of four, as it is typed by hand.</summary>
    public string KeyInGroups => string.Join(' ', Key.Chunk(4).Select(group => new string(group)));

    /// <summary>A picture for the app's camera, as an address that needs no request.</summary>
    public string Picture
    {
        get
        {
            using var code = QRCodeGenerator.GenerateQrCode(Address, QRCodeGenerator.ECCLevel.M);
            using var png = new PngByteQRCode(code);
            return $"data:image/png;base64,{Convert.ToBase64String(png.GetGraphic(6))}";
        }
    }
}

/// <summary>Turns the second step of signing in on and off.</summary>
internal sealed class TwoFactorSetup(
    UserManager<User> users, IUserStore<User> store, SignInManager<User> signIn, AuthenticatorCodes codes, AccountEvents events,
    IDataProtectionProvider protection, TimeProvider clock)
{
    private const int RecoveryCodes = 10;
    private const string Issuer = "Veelocity";
    private static readonly TimeSpan OfferLasts = TimeSpan.FromMinutes(30);

    public AuthenticatorOffer Offer(User user) => Offer(user, users.GenerateNewAuthenticatorKey());

    /// <summary>The offer that was made before; null when it is too old or another person's.</summary>
    public AuthenticatorOffer? Reopen(User user, string? sealedKey)
    {
        try
        {
            return sealedKey is { Length: > 0 } ? Offer(user, ProtectorOf(user).Unprotect(sealedKey)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Turns it on when the code shows that the app has the key, and answers the recovery codes; null when it does not.</summary>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(User user, AuthenticatorOffer offer, string code)
    {
        if (Totp.StepOf(offer.Key, string.Concat(code.Where(char.IsAsciiDigit)), clock.GetUtcNow()) is not { } step || !await codes.TakeAsync(user, step)) return null;
        await ((IUserAuthenticatorKeyStore<User>)store).SetAuthenticatorKeyAsync(user, offer.Key, CancellationToken.None);
        await users.SetTwoFactorEnabledAsync(user, enabled: true);
        await events.RecordAsync(user.Id, AccountEventKind.TwoFactorTurnedOn);
        return await MakeRecoveryCodesAsync(user);
    }

    /// <summary>New ones in place of those that were there.</summary>
    public async Task<IReadOnlyList<string>> MakeRecoveryCodesAsync(User user)
    {
        string[] made = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) ?? []];
        await events.RecordAsync(user.Id, AccountEventKind.RecoveryCodesMade);
        await signIn.RefreshSignInAsync(user);
        return made;
    }

    public async Task TurnOffAsync(User user)
    {
        await users.SetTwoFactorEnabledAsync(user, enabled: false);
        foreach (var secret in AccountStore.SecondFactorSecrets) await users.RemoveAuthenticationTokenAsync(user, AccountStore.Provider, secret);
        await events.RecordAsync(user.Id, AccountEventKind.TwoFactorTurnedOff);
        await signIn.ForgetTwoFactorClientAsync();
        await signIn.RefreshSignInAsync(user);
    }

    private AuthenticatorOffer Offer(User user, string key)
    {
        var account = Uri.EscapeDataString($"{Issuer}:{user.Email}");
        return new AuthenticatorOffer(key, ProtectorOf(user).Protect(key, OfferLasts), $"otpauth://totp/{account}?secret={key}&issuer={Issuer}&digits={Totp.Digits}");
    }

    private ITimeLimitedDataProtector ProtectorOf(User user) => protection.CreateProtector("Veelocity.AuthenticatorOffers", user.Id.ToString("N")).ToTimeLimitedDataProtector();
}
