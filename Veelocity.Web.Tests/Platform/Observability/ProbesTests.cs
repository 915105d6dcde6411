using System.Net;
using System.Text.Json;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Platform.Observability;

public sealed class ProbesTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task A_stranger_is_told_that_it_is_well_and_nothing_else(string path)
    {
        var (status, text) = await AskAsync(path);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"status":"healthy","problems":[]}""", text);
    }

    [Fact]
    public async Task With_its_database_away_it_is_alive_but_not_ready_until_the_database_is_back()
    {
        await TestServer.ExecuteAsync($"""ALTER DATABASE "{app.Database.Name}" ALLOW_CONNECTIONS false""");
        await TestServer.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{app.Database.Name}'");
        var (status, text) = await AskAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("The database does not answer.", Assert.Single(JsonDocument.Parse(text).RootElement.GetProperty("problems").EnumerateArray()).GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/healthz")).Status);

        await TestServer.ExecuteAsync($"""ALTER DATABASE "{app.Database.Name}" ALLOW_CONNECTIONS true""");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/readyz")).Status);
    }

    [Fact]
    public async Task A_database_of_an_older_version_is_not_ready_and_says_what_to_do()
    {
        await using (var connection = new Npgsql.NpgsqlConnection(app.Database.ConnectionString))
        {
            await connection.OpenAsync(Now);
            await using var command = new Npgsql.NpgsqlCommand("""DELETE FROM "__EFMigrationsHistory" WHERE migration_id = (SELECT max(migration_id) FROM "__EFMigrationsHistory")""", connection);
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Now));
        }
        var (status, text) = await AskAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("lacks 1 of this version's migrations; the command migrate applies them", JsonDocument.Parse(text).RootElement.GetProperty("problems")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_later_version_migrates_it_stays_ready()
    {
        await using (await HistoryLock.TakeAsync(app.Database.ConnectionString))
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync("/readyz")).Status);
        }
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/readyz")).Status);
    }

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(string path)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(app.Address, path), Now);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Now));
    }
}
