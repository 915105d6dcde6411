using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Veelocity.Web.Data;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>An access token and how long it is good for.</summary>
internal sealed record AccessToken(string Value, TimeSpan Lifetime);

/// <summary>Issues the API's access tokens and checks them: signature, age, and that the password has not changed since.</summary>
internal sealed class AccessTokens(AccessTokenKey key, TimeProvider clock)
{
    private const string Veelocity = "veelocity";
    private const string StampClaim = "stamp";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public async Task<AccessToken> IssueAsync(User user, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Veelocity,
            Audience = Veelocity,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { [JwtRegisteredClaimNames.Sub] = user.Id.ToString(), [StampClaim] = Stamp(user) },
            SigningCredentials = new SigningCredentials(await key.ReadAsync(cancellation), SecurityAlgorithms.HmacSha256),
        });
        return new AccessToken(token, Lifetime);
    }

    public static void Configure(JwtBearerOptions options, AccessTokenKey key)
    {
        options.MapInboundClaims = true; // sub becomes the claim that Caller reads
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = Veelocity,
            ValidAudience = Veelocity,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeyResolver = (_, _, _, _) => key.Known is { } known ? [known] : [],
        };
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = async context => await key.ReadAsync(context.HttpContext.RequestAborted),
            OnTokenValidated = RefuseStaleAsync,
        };
    }

    private static async Task RefuseStaleAsync(TokenValidatedContext context)
    {
        var users = context.HttpContext.RequestServices.GetRequiredService<UserManager<User>>();
        var user = context.Principal?.CallerId() is { } id ? await users.FindByIdAsync(id.ToString()) : null;
        var now = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (user is null || context.Principal?.FindFirst(StampClaim)?.Value != Stamp(user) || User.IsShut(user.LockoutEnd, now))
        {
            context.Fail("The account has changed since this token was issued.");
            return;
        }
        // As in the cookie, for whoever has to name the caller.
        context.Principal.AddIdentity(new ClaimsIdentity([new Claim(Caller.FullNameClaim, user.FullName)]));
    }

    // Tokens are readable by their holder, hence not the stamp itself.
    private static string Stamp(User user) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(user.SecurityStamp ?? ""))[..16]);
}
