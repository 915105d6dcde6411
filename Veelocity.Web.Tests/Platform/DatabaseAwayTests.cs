using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Platform;

/// <summary>What docs/operate.md says that people see while PostgreSQL is away.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    private readonly TestApp app = new();
    private readonly CancellationToken now = TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Pages_and_API_say_so_and_go_on_once_it_is_back()
    {
        var someone = await app.SomeoneAsync();
        var slug = (await someone.FoundAsync("Acme")).GetProperty("slug").GetString()!;
        using var browser = app.Browser();
        await browser.SignInAsync(someone);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/o/{slug}")).Status);

        await TestServer.ExecuteAsync($"""ALTER DATABASE "{app.Database.Name}" ALLOW_CONNECTIONS false""");
        await TestServer.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{app.Database.Name}'");
        // The first may still meet a connection that has just been ended.
        for (var i = 0; i < 2; i++)
        {
            var page = await browser.GetAsync($"/o/{slug}");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
            Assert.Contains("The database does not answer", page.Text, StringComparison.Ordinal);
            Assert.Contains("Try again", page.Text, StringComparison.Ordinal);

            using var answer = await someone.Api.GetAsync(new Uri("organizations", UriKind.Relative), now);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Equal("database_unavailable", (await answer.Content.ReadFromJsonAsync<JsonElement>(now)).GetProperty("code").GetString());
        }

        await TestServer.ExecuteAsync($"""ALTER DATABASE "{app.Database.Name}" ALLOW_CONNECTIONS true""");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/o/{slug}")).Status);
    }
}
