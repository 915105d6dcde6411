using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform;

namespace Veelocity.Web.Organizations.Deletion;

/// <summary>
/// Deletes an organization with every row of it, for good. Its syncs are stopped first and kept from starting meanwhile; its members find the
/// deletion in their accounts' history.
/// </summary>
public sealed partial class OrganizationDeletion(VeelocityDb db, DatabaseLocks locks, TimeProvider clock, ILogger<OrganizationDeletion> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Pause = TimeSpan.FromMilliseconds(250), LongestStatement = TimeSpan.FromMinutes(15);

    /// <summary>What goes, in numbers, for whoever is about to confirm.</summary>
    public sealed record Size(int Members, int Repositories, int PullRequests, int Deployments, int Incidents, int Issues);

    public async Task<Size> MeasureAsync(Guid organizationId, CancellationToken cancellation) => new(
        await Rows<Membership>(organizationId).CountAsync(cancellation), await Rows<Repository>(organizationId).CountAsync(cancellation),
        await Rows<PullRequest>(organizationId).CountAsync(cancellation), await Rows<Deployment>(organizationId).CountAsync(cancellation),
        await Rows<Incident>(organizationId).CountAsync(cancellation), await Rows<Issue>(organizationId).CountAsync(cancellation));

    /// <param name="onlyMemberId">Refuses where anyone else belongs to it; null deletes it in any case.</param>
    public async Task DeleteAsync(Guid organizationId, AuditActor actor, Guid? onlyMemberId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var held = await StopSyncsAsync(organizationId, now, cancellation);
        try
        {
            await EraseAsync(organizationId, actor, onlyMemberId, now, cancellation);
        }
        finally
        {
            foreach (var one in held) await one.DisposeAsync();
        }
        LogDeleted(organizationId, actor.UserId);
    }

    /// <summary>Answers the locks under which no instance syncs.</summary>
    private async Task<List<IAsyncDisposable>> StopSyncsAsync(Guid organizationId, DateTimeOffset now, CancellationToken cancellation)
    {
        await Rows<SyncRun>(organizationId).Where(r => r.FinishedAt == null && r.CancelRequestedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelRequestedAt, now), cancellation);
        var (held, until) = (new List<IAsyncDisposable>(), clock.GetUtcNow() + Patience);
        foreach (var connection in await Rows<Connection>(organizationId).Select(c => c.Id).ToListAsync(cancellation))
        {
            while (true)
            {
                if (await locks.TryTakeAsync($"veelocity sync {connection}", cancellation) is { } taken)
                {
                    held.Add(taken);
                    break;
                }
                if (clock.GetUtcNow() < until)
                {
                    await Task.Delay(Pause, clock, cancellation);
                    continue;
                }
                foreach (var one in held) await one.DisposeAsync();
                throw new Refused("A sync is still stopping. Nothing was deleted; try again in a minute.", "sync_stopping", StatusCodes.Status409Conflict);
            }
        }
        return held;
    }

    private async Task EraseAsync(Guid organizationId, AuditActor actor, Guid? onlyMemberId, DateTimeOffset now, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        db.Database.SetCommandTimeout(LongestStatement);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM organizations WHERE id = {organizationId} FOR UPDATE", cancellation);
            if (await db.Organizations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == organizationId, cancellation) is not { } organization) return;
            var members = await Rows<Membership>(organizationId).Select(m => m.UserId).ToListAsync(cancellation);
            if (onlyMemberId is { } only && members.Exists(m => m != only))
                throw new Refused($"Somebody else has joined {organization.Name} meanwhile. Nothing was deleted.", "has_members", StatusCodes.Status409Conflict);
            db.AddRange(members.Select(member => new AccountEvent
            {
                UserId = member,
                At = now,
                Kind = AccountEventKind.OrganizationDeleted,
                Detail = AccountEvent.OfDeleted(organization.Name, organization.Slug),
                Address = member == actor.UserId ? actor.Address : null,
            }));
            await db.SaveChangesAsync(cancellation);
            foreach (var table in OrganizationTables.Of(db.Model)) await EmptyAsync(table.GetTableName()!, organizationId, cancellation);
            await db.Organizations.Where(o => o.Id == organizationId).ExecuteDeleteAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        // What refers to nothing may have been written in between by someone who did not know yet.
        foreach (var table in OrganizationTables.Of(db.Model).Where(t => !t.GetForeignKeys().Any())) await EmptyAsync(table.GetTableName()!, organizationId, CancellationToken.None);
    }

    private Task EmptyAsync(string table, Guid organizationId, CancellationToken cancellation)
    {
        // The name is the model's.
        var sql = $"DELETE FROM \"{table}\" WHERE {OrganizationTables.Column} = {{0}}";
        return db.Database.ExecuteSqlRawAsync(sql, [organizationId], cancellation);
    }

    private IQueryable<TRow> Rows<TRow>(Guid organizationId)
        where TRow : class, IOwned =>
        db.Set<TRow>().IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).Where(row => row.OrganizationId == organizationId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Organization {OrganizationId} was deleted by user {UserId}")]
    private partial void LogDeleted(Guid organizationId, Guid? userId);
}
