using Npgsql;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Database;

/// <summary>A database of one test: a copy of the migrated template, dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    TestDatabase(string name, string connectionString)
    {
        Name = name;
        ConnectionString = connectionString;
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        var name = $"veelocity_test_{Guid.NewGuid():N}";
        await TestServer.ExecuteAsync($"""CREATE DATABASE "{name}" TEMPLATE "{await TestServer.TemplateAsync()}" """);
        return new TestDatabase(name, await TestServer.ConnectionStringAsync(name));
    }

    /// <summary>A new context on this database.</summary>
    public VeelocityDb Open() => DataModule.Open(ConnectionString);

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await TestServer.ExecuteAsync($"""DROP DATABASE IF EXISTS "{Name}" WITH (FORCE)""");
    }
}
