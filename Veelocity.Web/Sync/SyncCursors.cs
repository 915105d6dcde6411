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

    public async Task MoveAsync(Connection connection, SyncRun run, CursorMove? move, CancellationToken cancellation)
    {
        if (move is null) return;
        if (move.Value is null)
        {
            await db.SyncCursors.IgnoreQueryFilters([VeelocityDb.OrganizationFilter])
                .Where(c => c.ConnectionId == connection.Id && c.Connector == run.Connector && c.Scope == move.Scope && c.Resource == move.Resource)
                .ExecuteDeleteAsync(cancellation);
            return;
        }
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO sync_cursors (organization_id, connection_id, connector, scope, resource, value, updated_at)
            VALUES ({connection.OrganizationId}, {connection.Id}, {run.Connector}, {move.Scope}, {move.Resource}, {move.Value}, {time.GetUtcNow()})
            ON CONFLICT (connection_id, connector, scope, resource) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at
            """, cancellation);
    }
}
