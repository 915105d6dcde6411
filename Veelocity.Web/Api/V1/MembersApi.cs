using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Who belongs to an organization, and with which role.</summary>
internal static class MembersApi
{
    public static void MapMembers(this RouteGroupBuilder organization)
    {
        organization.MapGet("/members", ListAsync).WithSummary("Who belongs to the organization");
        organization.MapPut("/members/{userId:guid}/role", ChangeRoleAsync).Requires(Permission.ChangeRoles)
            .WithSummary("Change a member's role")
            .MayAnswer(409, "last_admin", "It would leave the organization without an Admin.");
        organization.MapDelete("/members/{userId:guid}", RemoveAsync).Requires(Permission.RemoveMembers)
            .WithSummary("Remove a member; their access ends at once")
            .MayAnswer(409, "last_admin", "It would leave the organization without an Admin.");
    }

    private static Task<Page<MemberAnswer>> ListAsync(string id, VeelocityDb db, [AsParameters] Paging paging, CancellationToken cancellation) =>
        paging.ReadAsync(
            db.Memberships
                .OrderBy(m => m.JoinedAt).ThenBy(m => m.UserId)
                .Select(m => new MemberAnswer(m.UserId, m.User.Email!, m.User.FullName, m.Role, m.JoinedAt)),
            cancellation);

    private static async Task<Results<Ok<MemberAnswer>, NotFound>> ChangeRoleAsync(
        string id, Guid userId, RoleBody body, Members members, CancellationToken cancellation) =>
        await members.ChangeRoleAsync(userId, body.Role!.Value, cancellation) is { } member
            ? TypedResults.Ok(new MemberAnswer(member.UserId, member.User.Email!, member.User.FullName, member.Role, member.JoinedAt))
            : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> RemoveAsync(string id, Guid userId, Members members, CancellationToken cancellation) =>
        await members.RemoveAsync(userId, cancellation) is not null ? TypedResults.NoContent() : TypedResults.NotFound();
}

internal sealed record RoleBody
{
    [Required(ErrorMessage = "Give a role: admin, manager or viewer.")]
    public Role? Role { get; init; }
}

internal sealed record MemberAnswer(Guid UserId, string Email, string FullName, Role Role, DateTimeOffset JoinedAt);
