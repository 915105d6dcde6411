using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Organizations.Identity;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Organizations.Invitations;

/// <summary>What a link leads to.</summary>
public enum InvitationState
{
    Open,
    Used,
    Revoked,
    Expired,

    /// <summary>No such link, or a newer one took its place.</summary>
    Unknown,
}

/// <summary>An invitation as the holder of its link sees it, before any organization is bound to the request.</summary>
internal sealed class Acceptance(
    VeelocityDb db, UserManager<User> users, SignInManager<User> signIn, Registration registration, AuditLog audit,
    IHttpContextAccessor http, TimeProvider clock)
{
    public sealed record Offer(InvitationState State, Invitation? Invitation)
    {
        /// <summary>Enough for its owner to know it again, and for nobody else to learn it: <c>a•••@acme.example</c>.</summary>
        public string MaskedEmail => Invitation?.Email is { } email && email.LastIndexOf('@') is > 0 and var at ? $"{email[..1]}•••{email[at..]}" : "";
    }

    public async Task<Offer> ReadAsync(string token, CancellationToken cancellation)
    {
        var hash = RandomSecret.Hash(token);
        using var installation = db.ForInstallation(); // the token says which organization
        var invitation = await All().Include(i => i.Organization).Include(i => i.InvitedBy).SingleOrDefaultAsync(i => i.TokenHash == hash, cancellation);
        return new Offer(State(invitation), invitation);
    }

    /// <summary>Whether the invitation is for this account's address.</summary>
    public static bool IsFor(Invitation invitation, User user) => invitation.NormalizedEmail == user.NormalizedEmail;

    /// <summary>Joins the caller; a second try in another tab finds it used.</summary>
    public async Task<InvitationState> AcceptAsync(Offer offer, User user, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var state = await JoinAsync(offer.Invitation!, user, cancellation);
        await transaction.CommitAsync(cancellation);
        return state;
    }

    /// <summary>Makes the account, joins it and signs it in; null when the address has an account, whose owner has to sign in.</summary>
    public async Task<InvitationState?> RegisterAsync(Offer offer, string fullName, string password, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var invitation = offer.Invitation!;
        if (await registration.RegisterInvitedAsync(fullName, invitation.Email, password) is not { } user) return null;
        // From here on the request is theirs: the audit log names them.
        var visitor = http.HttpContext!.User;
        http.HttpContext.User = await signIn.CreateUserPrincipalAsync(user);
        var state = await JoinAsync(invitation, user, cancellation);
        if (state != InvitationState.Open)
        {
            http.HttpContext.User = visitor; // and the account is not made
            return state;
        }
        await transaction.CommitAsync(cancellation);
        await signIn.SignInAsync(user, isPersistent: false, "pwd");
        return state;
    }

    private async Task<InvitationState> JoinAsync(Invitation seen, User user, CancellationToken cancellation)
    {
        db.Enter(seen.OrganizationId);
        // One at a time decides about an invitation.
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM invitations WHERE id = {seen.Id} FOR UPDATE", cancellation);
        var hash = seen.TokenHash;
        await db.Entry(seen).ReloadAsync(cancellation);
        if (!hash.AsSpan().SequenceEqual(seen.TokenHash)) return InvitationState.Unknown;
        if (State(seen) is not InvitationState.Open and var closed) return closed;
        var now = clock.GetUtcNow();
        var isMember = await db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .AnyAsync(m => m.OrganizationId == seen.OrganizationId && m.UserId == user.Id, cancellation);
        if (!isMember) db.Add(new Membership { OrganizationId = seen.OrganizationId, UserId = user.Id, Role = seen.Role, JoinedAt = now });
        seen.Accept(user.Id, now);
        audit.Add(seen.OrganizationId, AuditAction.InvitationAccepted, seen.Email, isMember ? "Belonged to it already." : $"As {seen.Role}.");
        if (!user.EmailConfirmed && !seen.LinkWasShown)
        {
            // The link came by mail to this address, so it is theirs.
            user.EmailConfirmed = true;
            await users.UpdateAsync(user);
        }
        await db.SaveChangesAsync(cancellation);
        return InvitationState.Open;
    }

    private InvitationState State(Invitation? invitation) => invitation switch
    {
        null => InvitationState.Unknown,
        { AcceptedAt: not null } => InvitationState.Used,
        { RevokedAt: not null } => InvitationState.Revoked,
        _ => invitation.HasExpired(clock.GetUtcNow()) ? InvitationState.Expired : InvitationState.Open,
    };

    // Asked before an organization is chosen, hence without its filter; the token in the WHERE is the wall here.
    private IQueryable<Invitation> All() => db.Invitations.IgnoreQueryFilters([VeelocityDb.OrganizationFilter]);
}
