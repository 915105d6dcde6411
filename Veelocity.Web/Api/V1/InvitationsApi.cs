using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;
using Veelocity.Web.Organizations.Invitations;
using Veelocity.Web.Platform.Mail;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Api.V1;

/// <summary>Invitations by email; a link is in the mail and in no answer.</summary>
internal static class InvitationsApi
{
    public static void MapInvitations(this RouteGroupBuilder organization)
    {
        organization.MapPost("/invite", InviteAsync).Requires(Permission.Invite)
            .WithSummary("Invite someone by email")
            .WithDescription("Answers the same whether or not the address has an account. An address that was invited before gets a new link; the old one is dead.")
            .MayAnswer(409, "already_invited", "Someone else invited the address at the same moment.")
            .MayAnswer(422, "already_member", "The address belongs to a member.")
            .MayAnswer(429, "rate_limited", "That is as many invitations as may be sent in an hour.");
        organization.MapGet("/invitations", ListAsync).Requires(Permission.Invite).WithSummary("Invitations that nobody has accepted yet");
        organization.MapPost("/invitations/{invitationId:guid}/resend", ResendAsync).Requires(Permission.Invite)
            .WithSummary("Send an invitation again, with a new link")
            .MayAnswer(429, "rate_limited", "That is as many invitations as may be sent in an hour.");
        organization.MapDelete("/invitations/{invitationId:guid}", RevokeAsync).Requires(Permission.Invite).WithSummary("Revoke an invitation; its link is dead");
    }

    private static async Task<Created<InvitationAnswer>> InviteAsync(
        string id, InviteBody body, ClaimsPrincipal caller, InvitationBook book, CurrentOrganization current, CancellationToken cancellation)
    {
        var invited = await book.InviteAsync(caller.RequiredCallerId(), body.Email!, body.Role!.Value, cancellation);
        return TypedResults.Created($"/api/v1/organizations/{current.Id}/invitations", InvitationAnswer.From(invited.Invitation));
    }

    private static Task<Page<InvitationAnswer>> ListAsync(string id, InvitationBook book, [AsParameters] Paging paging, CancellationToken cancellation) =>
        paging.ReadAsync(book.Open().Select(i => new InvitationAnswer(i.Id, i.Email, i.Role, i.CreatedAt, i.ExpiresAt, i.Mail!.SentAt)), cancellation);

    private static async Task<Results<Ok<InvitationAnswer>, NotFound>> ResendAsync(
        string id, Guid invitationId, ClaimsPrincipal caller, InvitationBook book, CancellationToken cancellation) =>
        await book.ResendAsync(caller.RequiredCallerId(), invitationId, cancellation) is { } invited
            ? TypedResults.Ok(InvitationAnswer.From(invited.Invitation))
            : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> RevokeAsync(string id, Guid invitationId, InvitationBook book, CancellationToken cancellation) =>
        await book.RevokeAsync(invitationId, cancellation) ? TypedResults.NoContent() : TypedResults.NotFound();
}

internal sealed record InviteBody
{
    [Required(ErrorMessage = "Give an email address."), StringLength(256, ErrorMessage = "Use 256 characters at most."), MailAddress]
    public string? Email { get; init; }

    [Required(ErrorMessage = "Give a role: admin, manager or viewer.")]
    public Role? Role { get; init; }
}

/// <param name="SentAt">Null while its mail waits.</param>
internal sealed record InvitationAnswer(Guid Id, string Email, Role Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? SentAt)
{
    public static InvitationAnswer From(Invitation made) => new(made.Id, made.Email, made.Role, made.CreatedAt, made.ExpiresAt, null);
}
