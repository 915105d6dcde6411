using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Organizations;

namespace Veelocity.Web.Pages.Shared;

/// <summary>What the frame around every page shows: who is signed in, where they may go, and how fresh the data is.</summary>
internal sealed class Shell(VeelocityDb db, CurrentOrganization organization, MyOrganizations mine, TimeProvider clock)
{
    private static readonly TimeSpan Stale = TimeSpan.FromHours(1);

    public sealed record View(string UserName, IReadOnlyList<MyOrganization> Organizations, Freshness? Freshness)
    {
        public string Initials => string.Concat(UserName.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => char.ToUpperInvariant(word[0])));
    }

    /// <param name="IsRunning">A sync is being done, or waits for its turn.</param>
    /// <param name="LastAt">When the last whole sync ended; null before the first.</param>
    public sealed record Freshness(bool IsRunning, DateTimeOffset? LastAt, bool IsStale);

    public async Task<View?> ReadAsync(ClaimsPrincipal caller, CancellationToken cancellation)
    {
        if (caller.CallerId() is not { } id) return null;
        var organizations = await mine.ListAsync(id, cancellation);
        return new View(caller.CallerName() ?? "", organizations, organization.IsBound ? await FreshnessAsync(cancellation) : null);
    }

    private async Task<Freshness?> FreshnessAsync(CancellationToken cancellation)
    {
        if (!await db.Connections.AnyAsync(connection => connection.ProtectedSecret != null, cancellation)) return null;
        var isRunning = await db.SyncRuns.AnyAsync(run => run.FinishedAt == null && run.ParkedUntil == null, cancellation);
        var lastAt = await db.SyncRuns.Where(run => run.Outcome == SyncOutcome.Done).MaxAsync(run => run.FinishedAt, cancellation);
        return new Freshness(isRunning, lastAt, !isRunning && (lastAt is null || clock.GetUtcNow() - lastAt > Stale));
    }
}
