using Medallion.Threading.Postgres;
using Npgsql;

namespace Veelocity.Web.Data;

/// <summary>
/// Locks in PostgreSQL between all instances of the app. Each has a database connection of its own and falls with it: also when its
/// process is killed, within a second.
/// </summary>
public sealed class DatabaseLocks(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = Open(connectionString);

    /// <summary>Null when another instance holds the lock of this name.</summary>
    public ValueTask<PostgresDistributedLockHandle?> TryTakeAsync(string name, CancellationToken cancellation) =>
        Named(name, source).TryAcquireAsync(TimeSpan.Zero, cancellation);

    /// <summary>Waits as long as another instance holds the lock of this name.</summary>
    public static ValueTask<PostgresDistributedLockHandle> TakeAsync(string name, NpgsqlDataSource source, CancellationToken cancellation) =>
        Named(name, source).AcquireAsync(cancellationToken: cancellation);

    private static PostgresDistributedLock Named(string name, NpgsqlDataSource source) => new(new PostgresAdvisoryLockKey(name, allowHashing: true), source);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static NpgsqlDataSource Open(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString) { ConnectionStringBuilder = { Pooling = false } };
        builder.UsePhysicalConnectionInitializer(NoticeAKill, NoticeAKillAsync);
        return builder.Build();
    }

    // A held lock is watched over by a statement that sleeps for a minute; by itself PostgreSQL would find out only then that nobody is there any more.
    private static NpgsqlCommand Notice(NpgsqlConnection connection) => new("SET client_connection_check_interval = '1s'", connection);

    private static void NoticeAKill(NpgsqlConnection connection)
    {
        using var command = Notice(connection);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (PostgresException)
        {
            // A server on Windows cannot; there the minute passes.
        }
    }

    private static async Task NoticeAKillAsync(NpgsqlConnection connection)
    {
        await using var command = Notice(connection);
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException)
        {
            // A server on Windows cannot; there the minute passes.
        }
    }
}
