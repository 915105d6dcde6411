using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Deletion;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Api.V1;

/// <summary>The caller's own account: its name, and its end.</summary>
internal static class Profile
{
    private const string NotAllowed = "token_not_allowed";

    public static void MapProfile(this RouteGroupBuilder auth)
    {
        auth.MapPatch("/me", ChangeAsync).WithSummary("Change your profile")
            .MayAnswer(403, NotAllowed, "A personal API token can't change its owner's account; sign in.");
        auth.MapDelete("/me", DeleteAsync).RequireRateLimiting(RateLimits.SignIn)
            .WithSummary("Deactivate and delete your account")
            .WithDescription("You leave the organizations of others; those with no other member are deleted with all their data. This can't be undone.")
            .MayAnswer(403, NotAllowed, "A personal API token can't delete its owner's account; sign in.")
            .MayAnswer(409, "last_admin", "An organization needs you as its last Admin.")
            .MayAnswer(429, "locked_out", "Five wrong passwords lock signing in for 15 minutes.");
    }

    private static async Task<UserAnswer> ChangeAsync(ProfileBody body, ClaimsPrincipal caller, UserManager<User> users)
    {
        var user = await SignedInAsync(caller, users);
        user.FullName = body.FullName!.Trim();
        await users.UpdateAsync(user);
        return new UserAnswer(user.Id, user.Email!, user.FullName);
    }

    private static async Task<NoContent> DeleteAsync(
        [FromBody] DeleteAccountBody body, ClaimsPrincipal caller, UserManager<User> users, PasswordCheck passwords,
        AccountDeletion deletion)
    {
        var user = await SignedInAsync(caller, users);
        var answer = await passwords.CheckOwnAsync(user, body.Password!);
        if (answer.LockedFor is { } wait)
            throw new Refused(answer.Message, "locked_out", StatusCodes.Status429TooManyRequests) { RetryAfter = wait };
        if (answer.User is null)
            throw new Refused("This isn't your password.", "invalid") { Field = nameof(DeleteAccountBody.Password) };
        await deletion.DeleteAsync(user, CancellationToken.None);
        return TypedResults.NoContent();
    }

    /// <summary>An account is its owner's, who signs in; a token of one organization doesn't reach it.</summary>
    private static async Task<User> SignedInAsync(ClaimsPrincipal caller, UserManager<User> users)
    {
        if (caller.OnlyOrganization() is not null)
        {
            throw new Refused(
                "A personal API token doesn't reach your account. Sign in.", NotAllowed, StatusCodes.Status403Forbidden);
        }
        return (await users.FindByIdAsync(caller.RequiredCallerId().ToString()))!;
    }
}

internal sealed record ProfileBody
{
    [Required(ErrorMessage = "Give a full name."), StringLength(200, ErrorMessage = "Use 200 characters at most.")]
    public string? FullName { get; init; }
}

internal sealed record DeleteAccountBody
{
    [Required(ErrorMessage = "Give your password."), StringLength(256)]
    public string? Password { get; init; }
}
