using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Organizations.Identity;

/// <summary>
/// Who is signed in where. The cookie names a row, and every request looks for it: ending a session, a new password and a shut account act at
/// the next request.
/// </summary>
internal sealed class Sessions(VeelocityDb db, IHttpContextAccessor http, TimeProvider clock)
{
    private static readonly TimeSpan SeenAgainAfter = TimeSpan.FromMinutes(5);

    private IPAddress? Address => http.HttpContext?.Connection.RemoteIpAddress;

    /// <summary>For the cookie's handler; files are the same for everyone, so nothing is asked for them.</summary>
    public static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return;
        if (DatabaseAway.IsBehind(context.HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error))
        {
            // The page that says so: drawn without asking again, and nobody is signed out for it.
            context.RejectPrincipal();
            return;
        }
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        if (context.Principal is { } caller && await sessions.FindAsync(caller.SessionId(), caller.CallerId(), context.HttpContext.RequestAborted) is { } name)
        {
            Rename(caller, name);
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(context.Scheme.Name);
    }

    /// <summary>Those that are alive, the latest first.</summary>
    public Task<List<Session>> ListAsync(Guid userId, CancellationToken cancellation) =>
        Alive(userId).AsNoTracking().OrderByDescending(s => s.LastSeenAt).ThenByDescending(s => s.Id).ToListAsync(cancellation);

    public async Task<Guid> OpenAsync(User user, string signedInWith)
    {
        var now = clock.GetUtcNow();
        var device = Device.InWords(http.HttpContext?.Request.Headers.UserAgent.ToString());
        var session = new Session
        {
            UserId = user.Id,
            SecurityStamp = user.SecurityStamp ?? "",
            CreatedAt = now,
            LastSeenAt = now,
            Device = device,
            SignedInWith = signedInWith,
            Address = Address,
        };
        db.Add(session);
        await db.SaveChangesAsync();
        await db.Sessions.Where(s => s.LastSeenAt < now - Session.Lifetime).ExecuteDeleteAsync();
        return session.Id;
    }

    /// <summary>Carries a session over a change of the account's stamp; false when it is over.</summary>
    public async Task<bool> KeepAsync(Guid id, User user) =>
        await db.Sessions.Where(s => s.Id == id && s.UserId == user.Id)
            .ExecuteUpdateAsync(change => change.SetProperty(s => s.SecurityStamp, user.SecurityStamp ?? "")) == 1;

    /// <summary>False when there is no such session of theirs.</summary>
    public async Task<bool> EndAsync(Guid userId, Guid id, CancellationToken cancellation = default) =>
        await db.Sessions.Where(s => s.Id == id && s.UserId == userId).ExecuteDeleteAsync(cancellation) == 1;

    /// <summary>Their full name while the session is alive; null when it is over.</summary>
    private async Task<string?> FindAsync(Guid? id, Guid? userId, CancellationToken cancellation)
    {
        if (id is null || userId is not { } user) return null;
        var found = await Alive(user).Where(s => s.Id == id)
            .Select(s => new { s.LastSeenAt, s.User.FullName, s.User.LockoutEnd }).SingleOrDefaultAsync(cancellation);
        var now = clock.GetUtcNow();
        if (found is null || User.IsShut(found.LockoutEnd, now)) return null;
        if (found.LastSeenAt < now - SeenAgainAfter)
        {
            var address = Address;
            await db.Sessions.Where(s => s.Id == id)
                .ExecuteUpdateAsync(change => change.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.Address, address), cancellation);
        }
        return found.FullName;
    }

    private IQueryable<Session> Alive(Guid userId)
    {
        var oldest = clock.GetUtcNow() - Session.Lifetime;
        return db.Sessions.Where(s => s.UserId == userId && s.LastSeenAt >= oldest && s.SecurityStamp == s.User.SecurityStamp);
    }

    // It may have been changed in another browser.
    private static void Rename(ClaimsPrincipal caller, string name)
    {
        if (caller.CallerName() == name || caller.Identity is not ClaimsIdentity identity) return;
        foreach (var old in identity.FindAll(Caller.FullNameClaim).ToList()) identity.RemoveClaim(old);
        identity.AddClaim(new(Caller.FullNameClaim, name));
    }
}
