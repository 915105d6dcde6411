using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Platform;

/// <summary>What docs/operate.md says that people see while PostgreSQL takes longer for an answer than they wait for.</summary>
public sealed class DatabaseSlowTests : IAsyncLifetime
{
    private readonly CancellationToken now = TestContext.Current.CancellationToken;
    private TestDatabase database = null!;
    private TestApp app = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        app = new TestApp { On = TestDatabase.At(database.ConnectionString + ";Command Timeout=5") };
        await app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Pages_and_API_give_up_with_words_and_what_needs_no_slow_answer_goes_on()
    {
        var someone = await app.SomeoneAsync();
        var slug = (await someone.FoundAsync("Acme")).GetProperty("slug").GetString()!;
        using var browser = app.Browser();
        await browser.SignInAsync(someone);

        await using (var slow = new NpgsqlConnection(database.ConnectionString))
        {
            await slow.OpenAsync(now);
            await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE memberships IN ACCESS EXCLUSIVE MODE", slow);
            await command.ExecuteNonQueryAsync(now);

            var (asked, called) = (browser.GetAsync($"/o/{slug}"), someone.Api.GetAsync(new Uri("organizations", UriKind.Relative), now));
            var page = await asked;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
            Assert.Contains("The database does not answer", page.Text, StringComparison.Ordinal);
            using var answer = await called;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("database_unavailable", (await answer.Content.ReadFromJsonAsync<JsonElement>(now)).GetProperty("code").GetString());

            using var stranger = app.Browser();
            Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/account/login")).Status);
            using var probe = new HttpClient();
            Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync(new Uri(app.Address, "/healthz"), now)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/o/{slug}")).Status);
    }
}
