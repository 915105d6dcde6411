using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Sync;

/// <summary>Reads and moves the cursors of a connection's connectors.</summary>
public sealed class SyncCursors(VeelocityDb db, TimeProvider time)
{
    /// <summary>
    /// Where a run reads on from. A full run ignores cursors from before it started, and keeps those it has moved itself, so that it
    /// too goes on after a crash.
    /// </summary>
    public async Task<IReadOnlyDictionary<(string Scope, string Resource), string>> ReadAsync(
        Guid connectionId, SyncRun run, CancellationToken cancellation)
    {
        var cursors = await db.SyncCursors.AsNoTracking().IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
            .Where(c => c.ConnectionId == connectionId && c.Connector == run.Connector)
            .Where(c => !run.IsFull || c.UpdatedAt >= run.StartedAt)
            .ToListAsync(cancellation);
        return cursors.ToDictionary(c => (c.Scope, c.Resource), c => c.Value);
    }

    /// <summary>Of several moves of one cursor the last counts.</summary>
    public async Task MoveAsync(Connection connection, SyncRun run, IEnumerable<CursorMove> moves, CancellationToken cancellation)
    {
        var last = moves.GroupBy(move => (move.Scope, move.Resource)).Select(same => same.Last()).ToList();
        foreach (var forgotten in last.Where(move => move.Value is null))
        {
            await db.SyncCursors.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                .Where(c => c.ConnectionId == connection.Id && c.Connector == run.Connector && c.Scope == forgotten.Scope && c.Resource == forgotten.Resource)
                .ExecuteDeleteAsync(cancellation);
        }
        var kept = last.Where(move => move.Value is not null).ToList();
        if (kept.Count == 0) return;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO sync_cursors (organization_id, connection_id, connector, scope, resource, value, updated_at)
            SELECT {connection.OrganizationId}, {connection.Id}, {run.Connector}, moved.scope, moved.resource, moved.value, {time.GetUtcNow()}
            FROM unnest({kept.Select(m => m.Scope).ToArray()}, {kept.Select(m => m.Resource).ToArray()}, {kept.Select(m => m.Value!).ToArray()}) AS moved(scope, resource, value)
            ON CONFLICT (connection_id, connector, scope, resource) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at
            """, cancellation);
    }
}
