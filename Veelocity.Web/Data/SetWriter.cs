using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Veelocity.Web.Data;

/// <summary>
/// Writes many rows of one table at once: binary COPY into a staging table, then one merge that touches only the rows that differ.
/// Rows carry their own keys, each key once; <see cref="LinkedAttribute"/> columns are left as they are. Call inside a transaction.
/// </summary>
public sealed class SetWriter(VeelocityDb db)
{
    /// <summary>Inserts the new rows and updates the changed ones; answers how many those were.</summary>
    public async Task<int> MergeAsync<TRow>(IReadOnlyCollection<TRow> rows, CancellationToken cancellation)
        where TRow : class
    {
        if (rows.Count == 0) return 0;
        var table = SetTable<TRow>.Of(db);
        var connection = await StageAsync(table, rows, cancellation);
        return await ExecuteAsync(connection, table.MergeSql, cancellation);
    }

    /// <summary>
    /// Makes the rows whose <paramref name="scope"/> column has this value exactly the given ones: merges, and deletes the others.
    /// Answers how many rows were inserted, updated or deleted.
    /// </summary>
    public Task<int> ReplaceAsync<TRow>(
        IReadOnlyCollection<TRow> rows, string scope, Guid value, CancellationToken cancellation)
        where TRow : class => ReplaceAsync(rows, scope, [value], cancellation);

    /// <summary>The same for the rows of several values at once.</summary>
    public async Task<int> ReplaceAsync<TRow>(
        IReadOnlyCollection<TRow> rows, string scope, IReadOnlyCollection<Guid> values, CancellationToken cancellation)
        where TRow : class
    {
        var table = SetTable<TRow>.Of(db);
        var connection = await StageAsync(table, rows, cancellation);
        var deleted = await ExecuteAsync(connection, table.DeleteMissingSql(scope), cancellation, [.. values]);
        return deleted + await ExecuteAsync(connection, table.MergeSql, cancellation);
    }

    private async Task<NpgsqlConnection> StageAsync<TRow>(SetTable<TRow> table, IReadOnlyCollection<TRow> rows, CancellationToken cancellation)
        where TRow : class
    {
        var connection = await db.OpenAsync(cancellation);
        await ExecuteAsync(connection, table.StageSql, cancellation);
        await using var import = await connection.BeginBinaryImportAsync(table.CopySql, cancellation);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellation);
            foreach (var column in table.Columns) await column.Write(import, row, cancellation);
        }
        await import.CompleteAsync(cancellation);
        return connection;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, Guid[]? values = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (values is not null) command.Parameters.AddWithValue(values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
