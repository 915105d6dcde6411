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
            CREATE SCHEMA full_disk;
            CREATE FUNCTION full_disk.no_space_left() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
            $$ BEGIN
                PERFORM nextval(format('full_disk.%I', TG_TABLE_NAME)); -- survives the rollback
                RAISE EXCEPTION 'could not extend file "base/16384/16385": No space left on device' USING ERRCODE = 'disk_full';
            END $$;
            DO $$
            DECLARE named text;
            BEGIN
                FOR named IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
                    EXECUTE format('CREATE SEQUENCE full_disk.%I', named);
                    EXECUTE format('CREATE TRIGGER no_space_left BEFORE INSERT OR UPDATE OR DELETE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION full_disk.no_space_left()', named);
                END LOOP;
            END $$
            """);
        return disk;
    }

    /// <summary>Completes once a write to this table was rejected.</summary>
    public Task RejectedAsync(string table) => Wait.UntilAsync(
        async () => await ExecuteAsync($"SELECT is_called FROM full_disk.\"{table}\"") is true,
        $"Nothing was written to {table}.");

    public ValueTask DisposeAsync() => new(ExecuteAsync("DROP SCHEMA full_disk CASCADE"));

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
