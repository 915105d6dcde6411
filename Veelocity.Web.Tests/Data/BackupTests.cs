using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Postgres;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Platform.Postgres;

namespace Veelocity.Web.Tests.Data;

/// <summary>What docs/operate.md promises of backups.</summary>
public sealed class BackupTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dump_by_who_row_level_security_holds_stops_and_leaves_nothing_out_in_silence()
    {
        await using var owned = await OwnedDatabase.CreateAsync("NOSUPERUSER NOBYPASSRLS");
        await using var source = NpgsqlDataSource.Create(owned.ConnectionString);
        await DataModule.MigrateAsync(source, Now);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => DumpedAsync(source));
        Assert.Contains("row-level security", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dump_by_a_role_that_bypasses_it_sees_every_row()
    {
        await using var owned = await OwnedDatabase.CreateAsync("NOSUPERUSER BYPASSRLS CREATEROLE");
        await using var source = NpgsqlDataSource.Create(owned.ConnectionString);
        await DataModule.MigrateAsync(source, Now);
        await using (var db = DataModule.Open(owned.ConnectionString))
        {
            await EveryTable.FillAsync(db, Guid.CreateVersion7(), Now);
            await EveryTable.FillAsync(db, Guid.CreateVersion7(), Now);
        }
        Assert.Equal(2, await DumpedAsync(source));
    }

    [Fact]
    public async Task A_copy_of_the_embedded_databases_folder_is_the_same_database_elsewhere()
    {
        using var here = new TemporaryFolder();
        using var there = new TemporaryFolder();
        var id = Guid.CreateVersion7();
        await using (var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = here.Path }, Now))
        {
            await using (var source = NpgsqlDataSource.Create(postgres.ConnectionString)) await DataModule.MigrateAsync(source, Now);
            await using (var db = DataModule.Open(postgres.ConnectionString)) await EveryTable.FillAsync(db, id, Now);
            NpgsqlConnection.ClearAllPools();
        }
        using (var copy = System.Diagnostics.Process.Start("cp", ["-a", $"{here.Path}/.", there.Path])) await copy.WaitForExitAsync(Now);

        await using var restored = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = there.Path }, Now);
        await using var again = NpgsqlDataSource.Create(restored.ConnectionString);
        await DataModule.MigrateAsync(again, Now);
        await using var told = await new DatabaseDoor(again).OpenAsync(id, Now);
        await using var count = new NpgsqlCommand("SELECT (SELECT count(*) FROM organizations) + (SELECT count(*) FROM pull_requests)", told);
        Assert.Equal(2L, await count.ExecuteScalarAsync(Now));
    }

    // As pg_dump reads: row-level security must not filter, or it is an error.
    private static async Task<long> DumpedAsync(NpgsqlDataSource source)
    {
        await using var dump = source.CreateCommand("SET row_security = off; SELECT count(*) FROM pull_requests");
        return (long)(await dump.ExecuteScalarAsync(Now))!;
    }
}
