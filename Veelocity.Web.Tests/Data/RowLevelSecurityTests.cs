using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Data;

/// <summary>The wall in the database: what is left when the model's filters are taken away.</summary>
public sealed class RowLevelSecurityTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private NpgsqlDataSource source = null!;
    private DatabaseDoor door = null!;
    private EveryTable ours = null!;
    private EveryTable theirs = null!;
    private readonly Guid our = Guid.CreateVersion7();
    private readonly Guid their = Guid.CreateVersion7();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        source = NpgsqlDataSource.Create(database.ConnectionString);
        door = new DatabaseDoor(source);
        await using var db = database.Open();
        ours = await EveryTable.FillAsync(db, our, Now);
        theirs = await EveryTable.FillAsync(db, their, Now);
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task No_table_that_says_whose_its_rows_are_or_hangs_on_one_that_does_is_without_a_wall()
    {
        await using var db = database.Open();
        var open = await db.Database.SqlQuery<string>($"""
            SELECT c.relname::text AS "Value" FROM pg_class c
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*'))
              AND (EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id')
                   OR EXISTS (SELECT FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid WHERE f.conrelid = c.oid AND p.relrowsecurity))
            """).ToListAsync(Now);
        Assert.Empty(open);
        Assert.Equal(Owned(db).Order(StringComparer.Ordinal), ours.Rows.Keys.Where(t => t is not ("organizations" or "mails")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task With_the_filters_removed_the_database_still_answers_nothing_foreign()
    {
        await using var connection = await door.OpenAsync(our, Now);
        await using var db = DataModule.Open(connection);
        foreach (var set in db.Model.GetEntityTypes().Where(e => typeof(IOwned).IsAssignableFrom(e.ClrType)).Select(e => e.ClrType))
            Assert.True(await OwnersAsync(db, set) is [var owner] && owner == our, set.Name);
        foreach (var table in theirs.Rows.Keys)
        {
            Assert.Equal((table, 0L), (table, await CountAsync(connection, table, their)));
            Assert.True(await CountAsync(connection, table, our) > 0, table);
        }
    }

    [Fact]
    public async Task A_connection_of_nobody_sees_nothing_and_one_of_the_installation_everything()
    {
        await using var nobody = await door.OpenForInstallationAsync(Now);
        await door.EnterAsync(nobody, default, Now);
        await using var installation = await door.OpenForInstallationAsync(Now);
        foreach (var table in theirs.Rows.Keys)
        {
            Assert.Equal((table, 0L, 0L), (table, await CountAsync(nobody, table, our), await CountAsync(nobody, table, their)));
            Assert.True(await CountAsync(installation, table, our) > 0 && await CountAsync(installation, table, their) > 0, table);
        }
    }

    [Fact]
    public async Task Rows_of_others_are_neither_changed_nor_deleted_nor_made()
    {
        await using var connection = await door.OpenAsync(our, Now);
        foreach (var (table, row) in theirs.Rows.Where(t => t.Key != "audit_entries"))
        {
            var owner = EveryTable.OwnerOf(table);
            Assert.Equal((table, 0), (table, await ExecuteAsync(connection, $"UPDATE \"{table}\" SET \"{owner}\" = \"{owner}\" WHERE \"{owner}\" = $1", their)));
            Assert.Equal((table, 0), (table, await ExecuteAsync(connection, $"DELETE FROM \"{table}\" WHERE \"{owner}\" = $1", their)));
            await AssertRefusedAsync(table, () => ExecuteAsync(connection, $"UPDATE \"{table}\" SET \"{owner}\" = $1 WHERE \"{owner}\" = $2", their, our));
            await AssertRefusedAsync(table, () => ExecuteAsync(connection, $"INSERT INTO \"{table}\" SELECT * FROM jsonb_populate_record(NULL::\"{table}\", $1::jsonb)", row.ToString()));
        }
        await using var all = await door.OpenForInstallationAsync(Now);
        foreach (var table in theirs.Rows.Keys) Assert.True(await CountAsync(all, table, their) > 0, table);
    }

    [Fact]
    public async Task A_user_sees_their_memberships_and_organizations_before_one_is_chosen_and_can_change_neither()
    {
        var user = theirs.Rows["memberships"].GetProperty("user_id").GetGuid();
        await using var connection = await door.OpenAsync(our, Now);
        await door.EnterAsync(connection, new RowScope(our, user), Now);
        Assert.Equal((1L, 1L), (await CountAsync(connection, "memberships", their), await CountAsync(connection, "organizations", their)));
        Assert.Equal(0L, await CountAsync(connection, "connections", their));
        Assert.Equal(0, await ExecuteAsync(connection, "UPDATE memberships SET role = 'admin' WHERE user_id = $1", user));
        Assert.Equal(0, await ExecuteAsync(connection, "DELETE FROM organizations WHERE id = $1", their));
    }

    [Fact]
    public async Task What_a_connection_was_told_ends_with_its_return_to_the_pool()
    {
        await using var single = NpgsqlDataSource.Create(database.ConnectionString + ";Maximum Pool Size=1");
        var (before, told) = (0, "");
        await using (var connection = await new DatabaseDoor(single).OpenAsync(our, Now))
            (before, told) = (connection.ProcessID, await StateAsync(connection));
        Assert.Equal($"{DatabaseDoor.Role} {our}", told);
        await using var again = await single.OpenConnectionAsync(Now);
        Assert.Equal(before, again.ProcessID);
        Assert.EndsWith(" ", await StateAsync(again), StringComparison.Ordinal);
        Assert.DoesNotContain(DatabaseDoor.Role, await StateAsync(again), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_context_follows_its_scope_also_after_a_transaction_took_it_back()
    {
        await using var db = Context();
        await db.Database.OpenConnectionAsync(Now);
        Assert.Empty(await SeenAsync(db));
        await using (await db.Database.BeginTransactionAsync(Now))
        {
            db.OrganizationId = our;
            Assert.Equal([our], await SeenAsync(db));
        }
        Assert.Equal([our], await SeenAsync(db));
        db.OrganizationId = their;
        Assert.Equal([their], await SeenAsync(db));
        using (db.ForInstallation()) Assert.Equal(2, (await SeenAsync(db)).Count);
        Assert.Equal([their], await SeenAsync(db));
        db.Enter(our); // is at work for another
        Assert.Equal([their], await SeenAsync(db));
    }

    [Fact]
    public async Task A_wall_that_was_taken_down_stands_again_after_a_start()
    {
        await using (var db = database.Open())
            await db.Database.ExecuteSqlAsync($"DROP POLICY organization ON incidents; CREATE POLICY organization ON incidents USING (true); ALTER TABLE pull_requests DISABLE ROW LEVEL SECURITY", Now);
        await using (var open = await door.OpenAsync(our, Now))
            Assert.Equal((1L, 1L), (await CountAsync(open, "incidents", their), await CountAsync(open, "pull_requests", their)));
        await DataModule.MigrateAsync(source, Now);
        await using var connection = await door.OpenAsync(our, Now);
        Assert.Equal((0L, 0L), (await CountAsync(connection, "incidents", their), await CountAsync(connection, "pull_requests", their)));
    }

    [Fact]
    public async Task An_ordinary_owner_is_held_without_another_role()
    {
        await using var owned = await OwnedDatabase.CreateAsync("NOSUPERUSER NOBYPASSRLS");
        await using var pool = NpgsqlDataSource.Create(owned.ConnectionString);
        Assert.Equal(Walls.HoldOwnRole, await DataModule.MigrateAsync(pool, Now));
        await using (var maintenance = await new DatabaseDoor(pool).OpenForMaintenanceAsync(Now))
        await using (var db = DataModule.Open(maintenance))
        {
            await EveryTable.FillAsync(db, our, Now);
            await EveryTable.FillAsync(db, their, Now);
        }
        await using (var bare = await pool.OpenConnectionAsync(Now)) Assert.Equal(0L, await CountAsync(bare, "organizations", our));
        await using var connection = await new DatabaseDoor(pool).OpenAsync(our, Now);
        Assert.EndsWith($" {our}", await StateAsync(connection), StringComparison.Ordinal);
        foreach (var table in theirs.Rows.Keys)
        {
            Assert.Equal((table, 0L), (table, await CountAsync(connection, table, their)));
            Assert.True(await CountAsync(connection, table, our) > 0, table);
        }
    }

    [Fact]
    public async Task A_role_that_is_above_row_level_security_and_may_make_none_that_is_not_is_told_of()
    {
        await TestServer.ExecuteAsync($"DO $$ BEGIN CREATE ROLE {DatabaseDoor.Role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$");
        await using var owned = await OwnedDatabase.CreateAsync("NOSUPERUSER BYPASSRLS NOCREATEROLE");
        await using var pool = NpgsqlDataSource.Create(owned.ConnectionString);
        Assert.Equal(Walls.Missing, await DataModule.MigrateAsync(pool, Now));
        await using var connection = await new DatabaseDoor(pool).OpenAsync(our, Now);
        Assert.Equal(0L, await CountAsync(connection, "organizations", our)); // and the app works on

        await owned.GrantAsync(DatabaseDoor.Role);
        Assert.Equal(Walls.HoldByRole, await DataModule.MigrateAsync(pool, Now));
    }

    private VeelocityDb Context() => new(new DbContextOptionsBuilder<VeelocityDb>().UseNpgsql(source).UseSnakeCaseNamingConvention()
        .AddInterceptors(new RowScopeInterceptor(door)).Options);

    private static Task<List<Guid>> SeenAsync(VeelocityDb db) =>
        db.Incidents.IgnoreQueryFilters().Select(i => i.OrganizationId).ToListAsync(Now);

    private static IEnumerable<string> Owned(VeelocityDb db) =>
        db.Model.GetEntityTypes().Where(e => typeof(IOwned).IsAssignableFrom(e.ClrType)).Select(e => e.GetTableName()!);

    private static Task<Guid[]> OwnersAsync(VeelocityDb db, Type row) => (Task<Guid[]>)typeof(RowLevelSecurityTests)
        .GetMethod(nameof(OwnersOfAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(row).Invoke(null, [db])!;

    private static Task<Guid[]> OwnersOfAsync<TRow>(VeelocityDb db)
        where TRow : class, IOwned =>
        db.Set<TRow>().IgnoreQueryFilters().Select(row => row.OrganizationId).Distinct().ToArrayAsync(Now);

    private static async Task<string> StateAsync(NpgsqlConnection connection) =>
        (string)(await ScalarAsync(connection, "SELECT current_user || ' ' || COALESCE(current_setting('veelocity.organization', true), '')"))!;

    private static async Task<long> CountAsync(NpgsqlConnection connection, string table, Guid organizationId) =>
        (long)(await ScalarAsync(connection, $"SELECT count(*) FROM \"{table}\" WHERE \"{EveryTable.OwnerOf(table)}\" = $1", organizationId))!;

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync(Now);
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(Now);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    private static async Task AssertRefusedAsync(string table, Func<Task> change)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(change);
        Assert.True(refused.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{table}: {refused.MessageText}");
    }
}
