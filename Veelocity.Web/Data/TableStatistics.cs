using Microsoft.EntityFrameworkCore;

namespace Veelocity.Web.Data;

/// <summary>
/// Keeps PostgreSQL's picture of the tables current. Autovacuum does so within minutes; after a large first sync that is too late:
/// without statistics a question over one repository is planned as if its organization had a handful of rows.
/// </summary>
internal sealed class TableStatistics(DatabaseDoor database)
{
    /// <summary>Analyzes the tables that were never looked at, or of which a fifth has changed since; usually none.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenForMaintenanceAsync(cancellation);
        await using var db = DataModule.Open(connection);
        var stale = await db.Database.SqlQuery<string>($"""
            SELECT format('%I.%I', t.schemaname, t.relname) AS "Value"
            FROM pg_stat_user_tables t
            JOIN pg_class c ON c.oid = t.relid
            WHERE t.schemaname = current_schema()
              AND pg_relation_size(c.oid) > 0
              AND (c.reltuples < 0 OR t.n_mod_since_analyze > 1000 + c.reltuples / 5)
            """).ToListAsync(cancellation);
        foreach (var table in stale)
        {
#pragma warning disable EF1002 // the name comes quoted from PostgreSQL's own catalog
            await db.Database.ExecuteSqlRawAsync($"ANALYZE {table}", cancellation);
#pragma warning restore EF1002
        }
    }
}
