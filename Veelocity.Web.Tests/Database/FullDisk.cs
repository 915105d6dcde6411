using Npgsql;

namespace Veelocity.Web.Tests.Database;

/// <summary>A database whose disk is full: it answers, and refuses to write anything, in the words and with the code that PostgreSQL has for it. Room is made by disposing.</summary>
internal sealed class FullDisk : IAsyncDisposable
{
    private readonly string connectionString;

    private FullDisk(string connectionString) => this.connectionString = connectionString;

    public static async Task<FullDisk> FillAsync(string connectionString)
    {
        var disk = new FullDisk(connectionString);
        await disk.ExecuteAsync("""
            CREATE FUNCTION no_space_left() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'could not extend file "base/16384/16385": No space left on device' USING ERRCODE = 'disk_full'; END $$;
            DO $$
            DECLARE named text;
            BEGIN
                FOR named IN SELECT format('%I', relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
                    EXECUTE 'CREATE TRIGGER no_space_left BEFORE INSERT OR UPDATE OR DELETE ON ' || named || ' FOR EACH STATEMENT EXECUTE FUNCTION no_space_left()';
                END LOOP;
            END $$
            """);
        return disk;
    }

    public ValueTask DisposeAsync() => new(ExecuteAsync("DROP FUNCTION no_space_left CASCADE"));

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
