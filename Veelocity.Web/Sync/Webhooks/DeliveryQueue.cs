using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync.Webhooks;

/// <summary>The open deliveries, taken up repository by repository.</summary>
public sealed class DeliveryQueue(VeelocityDb db, DatabaseDoor database, DeliveryReading reading, TimeProvider time)
{
    /// <summary>GitHub itself forgets its deliveries sooner.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>Open deliveries that are read together; <see cref="RepositoryExternalId"/> null for those about no repository.</summary>
    public sealed record Group(Guid OrganizationId, Guid ConnectionId, string? RepositoryExternalId);

    /// <summary>The groups that have something to do now, the longest waiting first.</summary>
    public async Task<List<Group>> DueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        using var installation = db.ForInstallation();
        return await db.Database.SqlQuery<Group>($"""
            SELECT organization_id, connection_id, repository_external_id
            FROM webhook_deliveries
            WHERE finished_at IS NULL AND due_at <= {now}
            GROUP BY organization_id, connection_id, repository_external_id
            ORDER BY min(due_at)
            LIMIT 100
            """).ToListAsync(cancellation);
    }

    /// <summary>
    /// Works on what is due of a group. Its rows stay locked meanwhile, and one instance at a time reads a repository: of two that read at
    /// once, the slower could store the older. A process that dies lets go of both. False when another instance is at it.
    /// </summary>
    public async Task<bool> WorkAsync(Group group, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(group.OrganizationId, cancellation);
        await using var own = DataModule.Open(connection);
        await using var transaction = await own.Database.BeginTransactionAsync(cancellation);
        var name = $"veelocity webhooks {group.ConnectionId} {group.RepositoryExternalId}";
        var isMine = await own.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtextextended({name}, 0)) AS \"Value\"").SingleAsync(cancellation);
        if (!isMine) return false;

        var now = time.GetUtcNow();
        var taken = await own.WebhookDeliveries.FromSql($"""
            SELECT * FROM webhook_deliveries
            WHERE connection_id = {group.ConnectionId} AND repository_external_id IS NOT DISTINCT FROM {group.RepositoryExternalId}
              AND finished_at IS NULL AND due_at <= {now}
            ORDER BY received_at
            LIMIT 100
            FOR UPDATE SKIP LOCKED
            """).IgnoreQueryFilters([VeelocityDb.OrganizationFilter]).ToListAsync(cancellation);
        if (taken.Count > 0) await reading.ReadAsync(group, taken, cancellation);
        await own.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    public async Task<int> PruneAsync(CancellationToken cancellation)
    {
        var oldest = time.GetUtcNow() - KeptFor;
        using var installation = db.ForInstallation();
        return await db.WebhookDeliveries.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(d => d.ReceivedAt < oldest)
            .ExecuteDeleteAsync(cancellation);
    }
}
