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
        await CopyAsync(await TestServer.TemplateAsync(), name);
        return new TestDatabase(name, await TestServer.ConnectionStringAsync(name));
    }

    /// <summary>A database on a server of the test's own, brought to this version; it goes with its server.</summary>
    public static async Task<TestDatabase> OnAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await DataModule.MigrateAsync(source);
        return new TestDatabase("", connectionString, isForeign: true);
    }

    /// <summary>What is in this one now, as another one; nobody gets into this one any more.</summary>
    public async Task<TestDatabase> CopyAsync()
    {
        await TestServer.ExecuteAsync($"""ALTER DATABASE "{Name}" ALLOW_CONNECTIONS false""");
        await TestServer.ExecuteAsync($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{Name}'");
        var copy = $"veelocity_test_{Guid.NewGuid():N}";
        await CopyAsync(Name, copy);
        return new TestDatabase(copy, await TestServer.ConnectionStringAsync(copy));
    }

    /// <summary>One that whoever made it also drops.</summary>
    public static TestDatabase At(string connectionString) => new("", connectionString, isForeign: true);

    /// <summary>A new context on this database.</summary>
    public VeelocityDb Open() => DataModule.Open(ConnectionString);

    // File by file takes half as long as block by block through the server's log.
    private static Task CopyAsync(string from, string to) =>
        TestServer.ExecuteAsync($"""CREATE DATABASE "{to}" TEMPLATE "{from}" STRATEGY FILE_COPY""");

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        if (_isForeign)
            return;
        await TestServer.ExecuteAsync($"""DROP DATABASE IF EXISTS "{Name}" WITH (FORCE)""");
    }
}
