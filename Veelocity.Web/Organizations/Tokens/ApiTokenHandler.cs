using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Organizations.Tokens;

/// <summary>
/// Knows callers of the API by their personal token. Token, account and membership are read at each request: what is revoked, removed or shut
/// is out at the next.
/// </summary>
internal sealed class ApiTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, VeelocityDb db, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "api token";
    private const string Bearer = "Bearer ";
    private static readonly TimeSpan UsedAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>The personal token that a request carries; null when it carries none, or another kind.</summary>
    public static string? TokenIn(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && value[Bearer.Length..].Trim() is var token && token.StartsWith(ApiTokenSecret.Prefix, StringComparison.Ordinal) ? token : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenIn(Request) is not { } token) return AuthenticateResult.NoResult();
        var now = clock.GetUtcNow();
        if (await FindAsync(token) is not { } found || found.ExpiresAt <= now || User.IsShut(found.LockoutEnd, now))
            return AuthenticateResult.Fail("The token is unknown, revoked or expired.");
        if (found.LastUsedAt is null || found.LastUsedAt < now - UsedAgainAfter) await NoteUseAsync(found, now);
        var identity = new ClaimsIdentity(
            [
                new Claim(Caller.IdClaim, found.UserId.ToString()),
                new Claim(Caller.FullNameClaim, $"{found.FullName} (token {found.Name})"),
                new Claim(Caller.OrganizationClaim, found.OrganizationId.ToString()),
            ],
            Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer error=\"invalid_token\"");
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private async Task<Found?> FindAsync(string token)
    {
        var hash = RandomSecret.Hash(token);
        using var installation = db.ForInstallation(); // the token says which organization
        return await All().Where(t => t.Hash == hash && t.RevokedAt == null)
            .Select(t => new Found(t.Id, t.OrganizationId, t.UserId, t.Name, t.ExpiresAt, t.LastUsedAt, t.Membership.User.FullName, t.Membership.User.LockoutEnd))
            .SingleOrDefaultAsync(Context.RequestAborted);
    }

    private async Task NoteUseAsync(Found found, DateTimeOffset now)
    {
        using var installation = db.ForInstallation();
        await All().Where(t => t.Id == found.Id && t.OrganizationId == found.OrganizationId)
            .ExecuteUpdateAsync(change => change.SetProperty(t => t.LastUsedAt, now), Context.RequestAborted);
    }

    // Asked before an organization is chosen, hence without its filter; the token's hash in the WHERE is the wall here.
    private IQueryable<ApiToken> All() => db.ApiTokens.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]);

    private sealed record Found(
        Guid Id, Guid OrganizationId, Guid UserId, string Name, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, string FullName, DateTimeOffset? LockoutEnd);
}
