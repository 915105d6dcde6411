using Npgsql;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Database;

/// <summary>An empty database that belongs to a role of its own, as an operator would make it; both are gone when disposed.</summary>
internal sealed class OwnedDatabase : IAsyncDisposable
{
    private readonly string name;

    private OwnedDatabase(string name, string connectionString) => (this.name, ConnectionString) = (name, connectionString);

    public string ConnectionString { get; }

    /// <param name="attributes">What the role is, such as <c>NOSUPERUSER NOBYPASSRLS</c>.</param>
    public static async Task<OwnedDatabase> CreateAsync(string attributes)
    {
        var made = $"veelocity_owned_{Guid.NewGuid():N}";
        await TestServer.ExecuteAsync($"CREATE ROLE {made} LOGIN PASSWORD '{made}' {attributes}");
        await TestServer.ExecuteAsync($"CREATE DATABASE {made} OWNER {made}");
        var connection = new NpgsqlConnectionStringBuilder(await TestServer.ConnectionStringAsync(made)) { Username = made, Password = made };
        return new OwnedDatabase(made, connection.ConnectionString);
    }

    /// <summary>Brings it to this version in its own role.</summary>
    public async Task MigrateAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await DataModule.MigrateAsync(source, TestContext.Current.CancellationToken);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public Task GrantAsync(string role) => TestServer.ExecuteAsync($"GRANT {role} TO {name}");

    public async ValueTask DisposeAsync()
    {
        await TestServer.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await TestServer.ExecuteAsync($"DROP ROLE IF EXISTS {name}");
    }
}
