using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Platform.Startup;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Data;

/// <summary>Databases that the migrations before <c>Initial</c> created.</summary>
public sealed class FormerMigrationsTests
{
    private const string Script = "Veelocity.Web.Tests.Data.version-1.0.0.sql";
    private const string Last = "20261124002929_Badges";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_at_the_last_of_them_is_adopted_with_its_rows()
    {
        await using var former = await OwnedDatabase.CreateAsync("NOSUPERUSER NOBYPASSRLS");
        await ApplyAsync(former, upTo: Last);
        await former.ExecuteAsync("""
            INSERT INTO users (id, email, full_name, email_confirmed, phone_number_confirmed, two_factor_enabled,
                               lockout_enabled, access_failed_count, created_at)
            VALUES (gen_random_uuid(), 'ada@example.com', 'Ada', true, false, false, true, 0, now())
            """);

        await former.MigrateAsync();
        await former.MigrateAsync();

        await using var adopted = DataModule.Open(former.ConnectionString);
        Assert.Empty(await adopted.Database.GetPendingMigrationsAsync(Now));
        var applied = (await adopted.Database.GetAppliedMigrationsAsync(Now)).ToList();
        Assert.Equal(14, applied.IndexOf(adopted.Database.GetMigrations().First()));
        Assert.Equal("ada@example.com", (await adopted.Users.SingleAsync(Now)).Email);
    }

    [Fact]
    public async Task An_adopted_database_has_the_same_schema_as_a_new_one()
    {
        await using var former = await OwnedDatabase.CreateAsync("NOSUPERUSER NOBYPASSRLS");
        await ApplyAsync(former, upTo: Last);
        await former.MigrateAsync();
        await using var fresh = await OwnedDatabase.CreateAsync("NOSUPERUSER NOBYPASSRLS");
        await fresh.MigrateAsync();

        Assert.Equal(await SchemaAsync(fresh), await SchemaAsync(former));
    }

    [Theory]
    [InlineData("20261122203919_Initial")]
    [InlineData("20261124000400_SampleOrganizations")]
    public async Task An_older_database_is_rejected_and_left_as_it_was(string last)
    {
        await using var older = await OwnedDatabase.CreateAsync("NOSUPERUSER NOBYPASSRLS");
        await ApplyAsync(older, upTo: last);
        var before = await SchemaAsync(older);

        var rejected = await Assert.ThrowsAsync<StartupException>(() => older.MigrateAsync());

        Assert.Contains("Start version 1.0.0 on it once", rejected.Message, StringComparison.Ordinal);
        Assert.Equal(before, await SchemaAsync(older));
        await using var db = DataModule.Open(older.ConnectionString);
        Assert.Equal(last, (await db.Database.GetAppliedMigrationsAsync(Now)).Last());
    }

    private static Task ApplyAsync(OwnedDatabase database, string upTo)
    {
        using var script = new StreamReader(typeof(FormerMigrationsTests).Assembly.GetManifestResourceStream(Script)!);
        var sql = script.ReadToEnd();
        const string commit = "COMMIT;";
        var recorded = sql.IndexOf($"VALUES ('{upTo}'", StringComparison.Ordinal);
        return database.ExecuteAsync(sql[..(sql.IndexOf(commit, recorded, StringComparison.Ordinal) + commit.Length)]);
    }

    /// <summary>Everything the catalog says about the schema, except the order of columns.</summary>
    private static async Task<string> SchemaAsync(OwnedDatabase database)
    {
        await using var db = DataModule.Open(database.ConnectionString);
        var lines = await db.Database.SqlQuery<string>($"""
            SELECT concat_ws(' ', 'column', table_name, column_name, data_type, character_maximum_length, is_nullable,
                             column_default, generation_expression) AS "Value"
            FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL
            SELECT 'index ' || pg_get_indexdef(indexrelid)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL
            SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat_ws(' ', 'policy', tablename, policyname, cmd, qual, with_check)
            FROM pg_policies WHERE schemaname = 'public'
            """).ToListAsync(Now);
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }
}
