using System.Net;
using System.Net.Sockets;
using Veelocity.Web.Tests.Database;

namespace Veelocity.Web.Tests.Platform.Startup;

public sealed class StartupTests
{
    [Fact]
    public async Task The_printed_address_answers_on_the_database_that_was_named()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var app = AppProcess.Start(("ConnectionStrings__Veelocity", database.ConnectionString));

        var address = await app.ReadyAsync(TestContext.Current.CancellationToken);

        using var client = new HttpClient();
        using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError);
        Assert.Empty(app.Children());
    }

    [Fact]
    public async Task A_used_port_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var output = await RefusalAsync(("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"));

        Assert.StartsWith($"Veelocity cannot start. Port {port} is already in use", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_shown() =>
        Assert.StartsWith("Veelocity cannot start. rubbish is no address", await RefusalAsync(("ASPNETCORE_URLS", "rubbish")), StringComparison.Ordinal);

    [Theory]
    [InlineData("rubbish", "is not a PostgreSQL connection string")]
    [InlineData("Database=veelocity", "is not a PostgreSQL connection string")]
    [InlineData("Host=127.0.0.1;Port=1;Database=veelocity;Username=v", "The database veelocity at 127.0.0.1:1 named by ConnectionStrings__Veelocity does not answer (Connection refused)")]
    [InlineData("Host=nowhere.invalid;Database=veelocity;Username=v", "at nowhere.invalid:5432")]
    public async Task A_wrong_connection_string_is_explained(string connectionString, string explanation) =>
        Assert.Contains(explanation, await RefusalAsync(("ConnectionStrings__Veelocity", connectionString)), StringComparison.Ordinal);

    [Fact]
    public async Task A_refused_password_is_told_in_the_servers_words()
    {
        await using var database = await TestDatabase.CreateAsync();

        var output = await RefusalAsync(("ConnectionStrings__Veelocity", database.ConnectionString + ";Username=stranger;Password=wrong"));

        Assert.Contains("password authentication failed", output, StringComparison.Ordinal);
    }

    static async Task<string> RefusalAsync(params (string Name, string Value)[] settings)
    {
        await using var app = AppProcess.Start(settings);
        await app.EndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, app.ExitCode);
        Assert.DoesNotContain('\n', app.Output);
        return app.Output;
    }
}
