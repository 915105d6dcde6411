using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Postgres;
using Veelocity.Web.Sync;

namespace Veelocity.Benchmarks;

/// <summary>A migrated PostgreSQL of its own, as careful with the disk as the app's; gone when disposed.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres server;
    private readonly string folder;

    private BenchmarkDatabase(EmbeddedPostgres server, string folder)
    {
        (this.server, this.folder) = (server, folder);
        Source = NpgsqlDataSource.Create(server.ConnectionString);
    }

    public string ConnectionString => server.ConnectionString;

    public NpgsqlDataSource Source { get; }

    public static async Task<BenchmarkDatabase> StartAsync()
    {
        var made = Directory.CreateTempSubdirectory("veelocity-bench-").FullName;
        var started = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = made });
        var database = new BenchmarkDatabase(started, made);
        await DataModule.MigrateAsync(database.Source);
        return database;
    }

    public VeelocityDb Open() => DataModule.Open(ConnectionString);

    /// <summary>An organization's connection, for facts to belong to.</summary>
    public async Task<Connection> AddConnectionAsync(Guid organizationId)
    {
        await using var db = Open();
        var connection = new Connection { OrganizationId = organizationId, Kind = "github" };
        db.Connections.Add(connection);
        await db.SaveChangesAsync();
        return connection;
    }

    /// <summary>A new organization with a connection and these facts.</summary>
    public async Task<Connection> FoundAsync(IReadOnlyList<Fact> facts)
    {
        await using var db = Open();
        var organization = new Organization { Name = "Acme", Slug = $"{Guid.NewGuid():N}", TimeZone = "UTC" };
        db.Organizations.Add(organization);
        await db.SaveChangesAsync();
        var connection = await AddConnectionAsync(organization.Id);
        await WriteAsync(connection, facts, 1_000);
        return connection;
    }

    /// <summary>Stores facts as a sync does: batches, each in one transaction. Answers how many rows were new or different.</summary>
    public async Task<long> WriteAsync(Connection connection, IEnumerable<Fact> facts, int batchSize)
    {
        var changed = 0L;
        await using var db = Open();
        var writer = new FactWriter(db, new SetWriter(db), TimeProvider.System);
        foreach (var batch in facts.Chunk(batchSize))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            changed += await writer.WriteAsync(connection, batch, CancellationToken.None);
            await transaction.CommitAsync();
        }
        return changed;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
