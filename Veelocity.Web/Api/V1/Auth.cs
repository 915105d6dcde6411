using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Api.V1;

/// <summary>Accounts and access tokens.</summary>
internal static class Auth
{
    public static void MapAuth(this RouteGroupBuilder v1)
    {
        var auth = v1.MapGroup("/auth").WithTags("Auth");
        auth.MapPost("/register", RegisterAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn)
            .WithSummary("Make an account")
            .WithDescription("Answers the same for an address that has an account already, and changes nothing then, so that nobody learns who has one; its owner is told by mail. Where a mail server is set up, the address has to be confirmed by the link mailed to it before the first sign-in. "
                + "Where accounts are made by invitation only, 403 with the code registration_closed.")
            .MayAnswer(403, "registration_closed", "Accounts are made by invitation only.");
        auth.MapPost("/login", LoginAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn)
            .WithSummary("Get an access token for an hour")
            .WithDescription("Where two-factor authentication is on, two_factor_code is needed too, from the app or a recovery code: 401 with the code "
                + "two_factor_required without one, two_factor_invalid with a wrong one. Five wrong passwords or codes lock the account for 15 minutes (429, code locked_out).")
            .MayAnswer(401, "invalid_credentials", "Address or password is wrong.")
            .MayAnswer(401, "two_factor_required", "Send two_factor_code too.")
            .MayAnswer(401, "two_factor_invalid", "The code is wrong or used.")
            .MayAnswer(429, "locked_out", "Five wrong passwords or codes lock signing in for 15 minutes.");
        auth.MapProfile();
        auth.MapGet("/me", MeAsync).WithSummary("Who you are and the organizations you belong to");
    }

    private static async Task<Created<UserAnswer>> RegisterAsync(RegisterBody body, Registration registration)
    {
        var user = await registration.RegisterAsync(body.FullName!, body.Email!, body.Password!);
        return TypedResults.Created("/api/v1/auth/me", new UserAnswer(user.Id, user.Email!, user.FullName));
    }

    private static async Task<TokenAnswer> LoginAsync(
        LoginBody body, PasswordCheck passwords, SecondFactor second, AccessTokens tokens, CancellationToken cancellation)
    {
        var answer = await passwords.CheckAsync(body.Email!, body.Password!);
        if (answer.LockedFor is { } wait) throw Locked(answer.Message, wait);
        if (answer.User is not { } user)
            throw new Refused(answer.Message, "invalid_credentials", StatusCodes.Status401Unauthorized);
        if (user.TwoFactorEnabled) await RequireCodeAsync(user, body.TwoFactorCode, second);
        var token = await tokens.IssueAsync(user, cancellation);
        return new TokenAnswer(token.Value, "Bearer", (int)token.Lifetime.TotalSeconds);
    }

    private static async Task RequireCodeAsync(User user, string? code, SecondFactor second)
    {
        if (string.IsNullOrWhiteSpace(code))
            throw new Refused("Two-factor authentication is on: send two_factor_code too, from the app or a recovery code.", "two_factor_required", StatusCodes.Status401Unauthorized);
        var answer = await second.CheckAsync(user, code);
        if (answer.LockedFor is { } wait) throw Locked(answer.Message, wait);
        if (!answer.IsRight) throw new Refused(answer.Message, "two_factor_invalid", StatusCodes.Status401Unauthorized);
    }

    private static Refused Locked(string message, TimeSpan wait) => new(message, "locked_out", StatusCodes.Status429TooManyRequests) { RetryAfter = wait };

    private static async Task<MeAnswer> MeAsync(ClaimsPrincipal caller, VeelocityDb db, MyOrganizations mine, CancellationToken cancellation)
    {
        var id = caller.RequiredCallerId();
        var user = await db.Users.SingleAsync(u => u.Id == id, cancellation);
        var organizations = await mine.SeenByAsync(caller, cancellation);
        return new MeAnswer(id, user.Email!, user.FullName,
            [.. organizations.Select(o => new MeOrganizationAnswer(o.Id, o.Name, o.Slug, o.Role))]);
    }
}

internal sealed record RegisterBody
{
    [Required(ErrorMessage = "Give an email address."), EmailAddress(ErrorMessage = "This is not an email address."), StringLength(256)]
    public string? Email { get; init; }

    [Required(ErrorMessage = "Choose a password."), Password]
    public string? Password { get; init; }

    [Required(ErrorMessage = "Give a full name."), StringLength(200, ErrorMessage = "Use 200 characters at most.")]
    public string? FullName { get; init; }
}

internal sealed record LoginBody
{
    [Required(ErrorMessage = "Give an email address."), StringLength(256)]
    public string? Email { get; init; }

    [Required(ErrorMessage = "Give a password."), StringLength(256)]
    public string? Password { get; init; }

    /// <summary>Six digits from the authenticator app, or a recovery code; only where two-factor authentication is on.</summary>
    [StringLength(40)]
    public string? TwoFactorCode { get; init; }
}

internal sealed record UserAnswer(Guid Id, string Email, string FullName);

internal sealed record TokenAnswer(string AccessToken, string TokenType, int ExpiresIn);

internal sealed record MeAnswer(Guid Id, string Email, string FullName, IReadOnlyList<MeOrganizationAnswer> Organizations);

internal sealed record MeOrganizationAnswer(Guid Id, string Name, string Slug, Role Role);
