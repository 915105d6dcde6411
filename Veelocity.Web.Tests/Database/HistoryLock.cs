using Npgsql;

namespace Veelocity.Web.Tests.Database;

/// <summary>What a migration that is under way holds until it ends: the list of migrations, to the exclusion of everyone.</summary>
internal sealed class HistoryLock : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private HistoryLock(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<HistoryLock> TakeAsync(string connectionString)
    {
        var taken = new NpgsqlConnection(connectionString + ";Pooling=false");
        await taken.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("""BEGIN; LOCK TABLE "__EFMigrationsHistory" IN ACCESS EXCLUSIVE MODE""", taken);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new HistoryLock(taken);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
