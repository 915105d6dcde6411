using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations.Audit;
using Veelocity.Web.Platform;
using Veelocity.Web.Platform.Security;

namespace Veelocity.Web.Organizations.Tokens;

/// <summary>Makes, lists and revokes the personal API tokens of the current organization.</summary>
internal sealed class ApiTokens(VeelocityDb db, CurrentOrganization organization, AuditLog audit, TimeProvider clock)
{
    /// <summary>How many one member may have at a time.</summary>
    public const int Most = 50;

    /// <summary>Makes one and answers its text, which is nowhere else from then on.</summary>
    public async Task<string> MakeAsync(Guid userId, string name, DateTimeOffset? expiresAt, CancellationToken cancellation)
    {
        if (await Kept().CountAsync(t => t.UserId == userId, cancellation) >= Most)
            throw new Refused($"You have {Most} tokens here. Revoke one that is not used any more.", "too_many_tokens");
        var secret = ApiTokenSecret.New();
        db.Add(new ApiToken
        {
            OrganizationId = organization.Id,
            UserId = userId,
            Name = name.Trim(),
            Hash = RandomSecret.Hash(secret),
            Ending = ApiTokenSecret.EndingOf(secret),
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = expiresAt,
        });
        audit.Add(AuditAction.TokenMade, name.Trim(), expiresAt is { } end ? FormattableString.Invariant($"Expires {end:yyyy-MM-dd}.") : "Never expires.");
        await db.SaveChangesAsync(cancellation);
        return secret;
    }

    /// <param name="ownerId">Only theirs; null for everyone's.</param>
    public Task<List<ApiToken>> ListAsync(Guid? ownerId, CancellationToken cancellation) =>
        Kept().AsNoTracking().Include(t => t.Membership).ThenInclude(m => m.User)
            .Where(t => ownerId == null || t.UserId == ownerId)
            .OrderBy(t => t.Membership.User.FullName).ThenByDescending(t => t.CreatedAt).ThenBy(t => t.Id).ToListAsync(cancellation);

    /// <summary>The token with this text.</summary>
    public Task<ApiToken> FindAsync(string secret, CancellationToken cancellation)
    {
        var hash = RandomSecret.Hash(secret);
        return Kept().AsNoTracking().SingleAsync(t => t.Hash == hash, cancellation);
    }

    /// <summary>One's own, or with the permission anyone's; null when there is none such.</summary>
    public async Task<ApiToken?> RevokeAsync(Guid id, Guid callerId, CancellationToken cancellation)
    {
        var mayRevokeAny = organization.May(Permission.RevokeApiTokens);
        var token = await Kept().Include(t => t.Membership).ThenInclude(m => m.User)
            .SingleOrDefaultAsync(t => t.Id == id && (mayRevokeAny || t.UserId == callerId), cancellation);
        if (token is null) return null;
        token.Revoke(callerId, clock.GetUtcNow());
        audit.Add(AuditAction.TokenRevoked, token.Name, token.UserId == callerId ? null : $"Of {token.Membership.User.FullName}.");
        await db.SaveChangesAsync(cancellation);
        return token;
    }

    private IQueryable<ApiToken> Kept() => db.ApiTokens.Where(t => t.OrganizationId == organization.Id && t.RevokedAt == null);
}
