using Npgsql;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Database;

/// <summary>A database of one test: a copy of the migrated template, dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    readonly bool _isForeign;

    TestDatabase(string name, string connectionString, bool isForeign = false)
    {
        Name = name;
        ConnectionString = connectionString;
        _isForeign = isForeign;
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        var name = $"veelocity_test_{Guid.NewGuid():N}";
        await TestServer.ExecuteAsync($"""CREATE DATABASE "{name}" TEMPLATE "{await TestServer.TemplateAsync()}" """);
        return new TestDatabase(name, await TestServer.ConnectionStringAsync(name));
    }

    /// <summary>A database on a server of the test's own, brought to this version; it goes with its server.</summary>
    public static async Task<TestDatabase> OnAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await DataModule.MigrateAsync(source);
        return new TestDatabase("", connectionString, isForeign: true);
    }

    /// <summary>A new context on this database.</summary>
    public VeelocityDb Open() => DataModule.Open(ConnectionString);

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        if (_isForeign)
            return;
        await TestServer.ExecuteAsync($"""DROP DATABASE IF EXISTS "{Name}" WITH (FORCE)""");
    }
}
