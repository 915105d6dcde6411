using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Shared;

/// <summary>What the frame around every page shows: who is signed in, where they may go, and how fresh the data is.</summary>
public sealed class Shell(VeelocityDb db, CurrentOrganization organization, TimeProvider clock)
{
    private static readonly TimeSpan Stale = TimeSpan.FromHours(1);

    public sealed record View(string UserName, IReadOnlyList<Place> Organizations, Freshness? Freshness)
    {
        public string Initials => string.Concat(UserName.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => char.ToUpperInvariant(word[0])));
    }

    public sealed record Place(string Name, string Slug);

    /// <param name="IsRunning">A sync is being done, or waits for its turn.</param>
    /// <param name="LastAt">When the last whole sync ended; null before the first.</param>
    public sealed record Freshness(bool IsRunning, DateTimeOffset? LastAt, bool IsStale);

    public async Task<View?> ReadAsync(ClaimsPrincipal caller, CancellationToken cancellation)
    {
        if (!Guid.TryParse(caller.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)) return null;

        var name = await db.Users.Where(user => user.Id == userId).Select(user => user.FullName).SingleOrDefaultAsync(cancellation);
        var places = await db.Memberships.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(membership => membership.UserId == userId)
            .OrderBy(membership => membership.Organization.Name)
            .Select(membership => new Place(membership.Organization.Name, membership.Organization.Slug))
            .ToListAsync(cancellation);
        return new View(name ?? caller.Identity?.Name ?? "", places, organization.IsBound ? await FreshnessAsync(cancellation) : null);
    }

    private async Task<Freshness?> FreshnessAsync(CancellationToken cancellation)
    {
        if (!await db.Connections.AnyAsync(connection => connection.ProtectedSecret != null, cancellation)) return null;
        var isRunning = await db.SyncRuns.AnyAsync(run => run.FinishedAt == null && run.ParkedUntil == null, cancellation);
        var lastAt = await db.SyncRuns.Where(run => run.Outcome == SyncOutcome.Done).MaxAsync(run => run.FinishedAt, cancellation);
        return new Freshness(isRunning, lastAt, !isRunning && (lastAt is null || clock.GetUtcNow() - lastAt > Stale));
    }
}
