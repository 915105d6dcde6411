using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Veelocity.Web.Pages.Settings;

/// <summary>The state that travels with a browser to Slack and back: whose session, which organization, and for ten minutes only.</summary>
internal sealed class SlackAccess(IDataProtectionProvider protection)
{
    private const string Cookie = "veelocity-slack";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Veelocity.SlackAccess").ToTimeLimitedDataProtector();

    /// <summary>A state that is good in this browser only.</summary>
    public string Begin(HttpContext http, Guid organizationId, Guid userId)
    {
        var mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        http.Response.Cookies.Append(Cookie, mark, new CookieOptions { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = Life, IsEssential = true });
        return _protector.Protect(TextOf(organizationId, userId, mark), Life);
    }

    /// <summary>Whether the state comes from this browser, this person and this organization, and is not too old; it is good once.</summary>
    public bool IsGood(HttpContext http, string? state, Guid organizationId, Guid userId)
    {
        var mark = http.Request.Cookies[Cookie];
        http.Response.Cookies.Delete(Cookie);
        if (state is null || string.IsNullOrEmpty(mark)) return false;
        try
        {
            return _protector.Unprotect(state) == TextOf(organizationId, userId, mark);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string TextOf(Guid organizationId, Guid userId, string mark) => string.Create(CultureInfo.InvariantCulture, $"{organizationId:N} {userId:N} {mark}");
}
