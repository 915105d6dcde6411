using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Postgres;

namespace Veelocity.Web.Tests.Database;

/// <summary>
/// One PostgreSQL per run, started by the first test that needs it: the server of VEELOCITY_TEST_POSTGRES (a connection string with the right
/// to create databases), otherwise an embedded one that does not care for a crash. Holds the migrated template that every test copies.
/// As an assembly fixture it is stopped when the run ends.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    const string FolderPrefix = "veelocity-tests-";
    static readonly Lazy<Task<Running>> Server = new(StartAsync);

    /// <summary>A connection string for another database on the server.</summary>
    internal static async Task<string> ConnectionStringAsync(string database) => (await Server.Value).Connect(database);

    internal static async Task<string> TemplateAsync() => (await Server.Value).Template;

    internal static async Task ExecuteAsync(string sql)
    {
        var server = await Server.Value;
        await using var command = server.Administration.CreateCommand(sql);
        command.CommandTimeout = 0; // copying a database waits for a checkpoint
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!Server.IsValueCreated)
            return;
        var server = await Server.Value;
        if (server.Embedded is null)
            await ExecuteAsync($"""DROP DATABASE IF EXISTS "{server.Template}" WITH (FORCE)""");
        await server.Administration.DisposeAsync();
        if (server.Embedded is null)
            return;
        await server.Embedded.DisposeAsync();
        Delete(server.Folder);
    }

    static async Task<Running> StartAsync()
    {
        var template = $"veelocity_template_{Guid.NewGuid():N}";
        Running server;
        if (Environment.GetEnvironmentVariable("VEELOCITY_TEST_POSTGRES") is { Length: > 0 } given)
        {
            server = new Running(NpgsqlDataSource.Create(given), given, template, Embedded: null, Folder: "");
        }
        else
        {
            DeleteFoldersOfKilledRuns();
            var folder = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{FolderPrefix}{Environment.ProcessId}"));
            var embedded = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder, Durable = false, MaxConnections = 300 });
            server = new Running(NpgsqlDataSource.Create(embedded.ConnectionString), embedded.ConnectionString, template, embedded, folder);
        }

        await using (var create = server.Administration.CreateCommand($"""CREATE DATABASE "{template}" """))
            await create.ExecuteNonQueryAsync();
        // Unpooled: a template with an open session cannot be copied.
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.Connect(template)) { Pooling = false }.ConnectionString);
        await DataModule.MigrateAsync(source);
        return server;
    }

    static void DeleteFoldersOfKilledRuns()
    {
        var alive = Process.GetProcesses().Select(process => process.Id.ToString(CultureInfo.InvariantCulture)).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            if (!alive.Contains(Path.GetFileName(folder)[FolderPrefix.Length..]))
                Delete(folder);
        }
    }

    static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or another run is deleting it.
        }
    }

    sealed record Running(NpgsqlDataSource Administration, string ConnectionString, string Template, EmbeddedPostgres? Embedded, string Folder)
    {
        public string Connect(string database) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database, Pooling = true }.ConnectionString;
    }
}
