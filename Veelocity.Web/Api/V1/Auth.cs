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
            .WithDescription("Answers the same for an address that has an account already, and changes nothing then, so that nobody learns who has one.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        auth.MapPost("/login", LoginAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn)
            .WithSummary("Get an access token for an hour")
            .WithDescription("Five wrong passwords lock the account for 15 minutes (429, code locked_out).")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        auth.MapGet("/me", MeAsync).WithSummary("Who you are and the organizations you belong to");
    }

    private static async Task<Created<UserAnswer>> RegisterAsync(RegisterBody body, Registration registration)
    {
        var user = await registration.RegisterAsync(body.FullName!, body.Email!, body.Password!);
        return TypedResults.Created("/api/v1/auth/me", new UserAnswer(user.Id, user.Email!, user.FullName));
    }

    private static async Task<TokenAnswer> LoginAsync(
        LoginBody body, PasswordCheck passwords, AccessTokens tokens, CancellationToken cancellation)
    {
        var answer = await passwords.CheckAsync(body.Email!, body.Password!);
        if (answer.LockedFor is { } wait)
            throw new Refused(answer.Message, "locked_out", StatusCodes.Status429TooManyRequests) { RetryAfter = wait };
        if (answer.User is not { } user)
            throw new Refused(answer.Message, "invalid_credentials", StatusCodes.Status401Unauthorized);
        var token = await tokens.IssueAsync(user, cancellation);
        return new TokenAnswer(token.Value, "Bearer", (int)token.Lifetime.TotalSeconds);
    }

    private static async Task<MeAnswer> MeAsync(ClaimsPrincipal caller, VeelocityDb db, MyOrganizations mine, CancellationToken cancellation)
    {
        var id = caller.RequiredCallerId();
        var user = await db.Users.SingleAsync(u => u.Id == id, cancellation);
        var organizations = await mine.ListAsync(id, cancellation);
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
}

internal sealed record UserAnswer(Guid Id, string Email, string FullName);

internal sealed record TokenAnswer(string AccessToken, string TokenType, int ExpiresIn);

internal sealed record MeAnswer(Guid Id, string Email, string FullName, IReadOnlyList<MeOrganizationAnswer> Organizations);

internal sealed record MeOrganizationAnswer(Guid Id, string Name, string Slug, Role Role);
