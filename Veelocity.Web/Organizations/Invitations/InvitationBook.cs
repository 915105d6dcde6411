using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Organizations.Mails;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Mail;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Organizations.Invitations;

/// <summary>An invitation just made, and its link where somebody has to hand it on; null where a mail brings it.</summary>
public sealed record Invited(Invitation Invitation, Uri? Link);

/// <summary>
/// The invitations of the current organization. Nothing here looks for an account: inviting says the same for addresses with and without one.
/// </summary>
public sealed class InvitationBook(
    VeelocityDb db, CurrentOrganization organization, MailQueue mails, IMailer mailer, PublicAddress address, AuditLog audit,
    ILookupNormalizer normalizer, IOptions<SecurityOptions> security, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Those that nobody accepted or revoked, the newest first; expired ones too.</summary>
    public IQueryable<Invitation> Open() => db.Invitations.AsNoTracking()
        .Where(i => i.OrganizationId == organization.Id && i.AcceptedAt == null && i.RevokedAt == null)
        .OrderByDescending(i => i.RenewedAt).ThenBy(i => i.Id);

    /// <summary>Invites an address, or again with a new link where it was invited before.</summary>
    public async Task<Invited> InviteAsync(Guid callerId, string email, Role role, CancellationToken cancellation)
    {
        email = email.Trim();
        var normalized = normalizer.NormalizeEmail(email);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var invitation = await HoldAsync(null, normalized, cancellation);
        // Who belongs to the organization is no secret to its Admins.
        if (await db.Memberships.AnyAsync(m => m.OrganizationId == organization.Id && m.User.NormalizedEmail == normalized, cancellation))
            throw new Refused($"{email} belongs to {organization.Name} already.", "already_member") { Field = "Email" };
        if (invitation is null)
        {
            invitation = new Invitation { OrganizationId = organization.Id, Email = email, NormalizedEmail = normalized, CreatedAt = clock.GetUtcNow() };
            db.Add(invitation);
        }
        audit.Add(AuditAction.MemberInvited, email, $"As {role}.");
        var invited = await SendAsync(invitation, callerId, role, cancellation);
        await transaction.CommitAsync(cancellation);
        return invited;
    }

    /// <summary>A new link for seven more days; the one before is dead. Null when there is no such open invitation.</summary>
    public async Task<Invited?> ResendAsync(Guid callerId, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await HoldAsync(id, null, cancellation) is not { } invitation) return null;
        audit.Add(AuditAction.InvitationResent, invitation.Email);
        var invited = await SendAsync(invitation, callerId, invitation.Role, cancellation);
        await transaction.CommitAsync(cancellation);
        return invited;
    }

    /// <summary>Its link is dead from now on. False when there is no such open invitation.</summary>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await HoldAsync(id, null, cancellation) is not { } invitation) return false;
        var now = clock.GetUtcNow();
        invitation.Revoke(now);
        await DropMailAsync(invitation, "The invitation was revoked.", now, cancellation);
        audit.Add(AuditAction.InvitationRevoked, invitation.Email);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task<Invited> SendAsync(Invitation invitation, Guid callerId, Role role, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await RefuseFloodAsync(now, cancellation);
        await DropMailAsync(invitation, "A newer mail took its place.", now, cancellation);
        var inviter = await db.Users.Where(u => u.Id == callerId).Select(u => u.FullName).SingleAsync(cancellation);
        var token = RandomSecret.New();
        var link = address.Of($"/invitations/{token}");
        var mail = mails.Add(organization.Id, invitation.Email, InvitationMail.Write(organization.Name, inviter, role, link));
        invitation.Renew(RandomSecret.Hash(token), linkIsShown: !mailer.ReachesPeople, role, callerId, mail.Id, now);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException twice) when (twice.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new Refused($"{invitation.Email} was invited at the same moment by someone else.", "already_invited");
        }
        return new Invited(invitation, mailer.ReachesPeople ? null : link);
    }

    // Mails to strangers in the organization's name are worth a limit.
    private async Task RefuseFloodAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var since = now - Hour;
        if (await db.Mails.CountAsync(m => m.OrganizationId == organization.Id && m.QueuedAt > since, cancellation) >= security.Value.InvitationsPerHour)
        {
            throw new Refused("That is as many invitations as may be sent in an hour. Try again later.", "rate_limited", StatusCodes.Status429TooManyRequests)
            {
                RetryAfter = Hour,
            };
        }
    }

    private async Task DropMailAsync(Invitation invitation, string why, DateTimeOffset now, CancellationToken cancellation)
    {
        if (invitation.MailId is { } id && await db.Mails.SingleOrDefaultAsync(m => m.Id == id, cancellation) is { } before) before.GiveUp(why, now);
    }

    // An open one, held until the transaction ends: of accepting, sending again and revoking at the same moment, one wins.
    private Task<Invitation?> HoldAsync(Guid? id, string? normalizedEmail, CancellationToken cancellation) => db.Invitations.FromSql($"""
        SELECT * FROM invitations
        WHERE organization_id = {organization.Id} AND accepted_at IS NULL AND revoked_at IS NULL AND (id = {id} OR normalized_email = {normalizedEmail})
        FOR UPDATE
        """).SingleOrDefaultAsync(cancellation);
}
