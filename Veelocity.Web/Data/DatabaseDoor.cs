using Npgsql;

namespace Veelocity.Web.Data;

/// <summary>
/// The one door to the database: every connection is told whose rows it is for before, or together with, the first thing it is asked. What is set falls with
/// the connection's return to the pool; one that went round the door sees nothing, or is refused by the analyzers.
/// </summary>
public sealed class DatabaseDoor(NpgsqlDataSource source) : IAsyncDisposable
{
    /// <summary>Whom row-level security holds; taken on by connections whose own role it would not hold.</summary>
    internal const string Role = "veelocity_app";

    private const string NoRole = "none";

    private const string EnterSql = """
        SELECT set_config('role', $1, false), set_config('veelocity.organization', $2, false), set_config('veelocity.user', $3, false),
               set_config('veelocity.scope', $4, false)
        """;

    // A superuser and who may bypass row-level security are not held by it, an ordinary owner is (FORCE). Asked once: roles do not change while the app runs.
    private const string RoleSql = $"""
        SELECT CASE WHEN (rolsuper OR rolbypassrls) AND EXISTS (SELECT FROM pg_roles WHERE rolname = '{Role}') AND pg_has_role('{Role}', 'MEMBER')
               THEN '{Role}' ELSE '{NoRole}' END
        FROM pg_roles WHERE rolname = session_user
        """;

    private volatile string? role;

    /// <summary>A connection for work of one organization.</summary>
    public Task<NpgsqlConnection> OpenAsync(Guid organizationId, CancellationToken cancellation) => OpenAsync(RowScope.Of(organizationId), cancellation);

    /// <summary>A connection for work of the installation; decision 0020 lists it all.</summary>
    public Task<NpgsqlConnection> OpenForInstallationAsync(CancellationToken cancellation) => OpenAsync(RowScope.Installation, cancellation);

    /// <summary>A connection for what only the owner of the tables may do.</summary>
    public Task<NpgsqlConnection> OpenForMaintenanceAsync(CancellationToken cancellation) => OpenAsync(RowScope.Maintenance, cancellation);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>Tells an open connection whose rows it is for from here on.</summary>
    internal async Task EnterAsync(NpgsqlConnection connection, RowScope scope, CancellationToken cancellation)
    {
        await LearnRoleAsync(connection, scope, cancellation);
        await using var enter = Enter(connection, scope);
        await enter.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Tells it and asks in one round trip; answers the reader at what was asked.</summary>
    internal async Task<NpgsqlDataReader> EnterAndReadAsync(NpgsqlCommand command, RowScope scope, CancellationToken cancellation)
    {
        var connection = command.Connection!;
        await LearnRoleAsync(connection, scope, cancellation);
        await using var batch = new NpgsqlBatch(connection, command.Transaction) { Timeout = command.CommandTimeout };
        var (enter, ask) = (new NpgsqlBatchCommand(EnterSql), new NpgsqlBatchCommand(command.CommandText));
        foreach (var value in ValuesOf(scope)) enter.Parameters.Add(value);
        foreach (NpgsqlParameter value in command.Parameters) ask.Parameters.Add(value.Clone());
        batch.BatchCommands.Add(enter);
        batch.BatchCommands.Add(ask);
        var reader = await batch.ExecuteReaderAsync(cancellation);
        try
        {
            await reader.NextResultAsync(cancellation);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same for callers of Entity Framework that do not wait.</summary>
    internal void EnterNow(NpgsqlConnection connection, RowScope scope)
    {
        if (scope.Reach != RowReach.Maintenance && role is null)
        {
            using var ask = new NpgsqlCommand(RoleSql, connection);
            role = (string?)ask.ExecuteScalar() ?? NoRole;
        }
        using var enter = Enter(connection, scope);
        enter.ExecuteNonQuery();
    }

    private async Task<NpgsqlConnection> OpenAsync(RowScope scope, CancellationToken cancellation)
    {
#pragma warning disable RS0030 // this is the door
        var connection = await source.OpenConnectionAsync(cancellation);
#pragma warning restore RS0030
        try
        {
            await EnterAsync(connection, scope, cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task LearnRoleAsync(NpgsqlConnection connection, RowScope scope, CancellationToken cancellation)
    {
        if (scope.Reach == RowReach.Maintenance || role is not null) return;
        await using var ask = new NpgsqlCommand(RoleSql, connection);
        role = (string?)await ask.ExecuteScalarAsync(cancellation) ?? NoRole;
    }

    private NpgsqlCommand Enter(NpgsqlConnection connection, RowScope scope)
    {
        var enter = new NpgsqlCommand(EnterSql, connection);
        foreach (var value in ValuesOf(scope)) enter.Parameters.Add(value);
        return enter;
    }

    private NpgsqlParameter<string>[] ValuesOf(RowScope scope) =>
    [
        new() { TypedValue = scope.Reach == RowReach.Maintenance ? NoRole : role! },
        new() { TypedValue = scope.OrganizationId?.ToString() ?? "" },
        new() { TypedValue = scope.UserId?.ToString() ?? "" },
        new() { TypedValue = scope.Reach == RowReach.Own ? "" : RowLevelSecurity.InstallationScope },
    ];
}
