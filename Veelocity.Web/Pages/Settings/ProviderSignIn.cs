using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Connectors;

namespace Veelocity.Web.Pages.Settings;

/// <summary>Sends a browser to a provider to grant access, and knows it when it comes back: whose session, which organization, for ten minutes only.</summary>
internal sealed class ProviderSignIn(IDataProtectionProvider protection)
{
    private const string Cookie = "veelocity-provider";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Veelocity.ProviderSignIn").ToTimeLimitedDataProtector();

    /// <summary>To the provider, with a state that is good in this browser only.</summary>
    public RedirectResult Begin(HttpContext http, IProviderApp app, Guid organizationId, Guid userId, Uri returnAddress)
    {
        var verifier = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        http.Response.Cookies.Append(
            Cookie, _protector.Protect(verifier, Life),
            new CookieOptions { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = Life, IsEssential = true });
        var state = _protector.Protect(TextOf(organizationId, userId, verifier), Life);
        return new RedirectResult(app.AuthorizeAddress(state, returnAddress, verifier).AbsoluteUri);
    }

    /// <summary>The attempt's own secret, when the state comes from this browser, this person and this organization and is not too old; it is good once.</summary>
    public string? End(HttpContext http, string? state, Guid organizationId, Guid userId)
    {
        var kept = http.Request.Cookies[Cookie];
        http.Response.Cookies.Delete(Cookie);
        if (state is null || string.IsNullOrEmpty(kept)) return null;
        try
        {
            var verifier = _protector.Unprotect(kept);
            return _protector.Unprotect(state) == TextOf(organizationId, userId, verifier) ? verifier : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // The secret's hash: the state is seen by the provider, the secret itself only with the code.
    private static string TextOf(Guid organizationId, Guid userId, string verifier) =>
        string.Create(CultureInfo.InvariantCulture, $"{organizationId:N} {userId:N} {Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))}");
}
