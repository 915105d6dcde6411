using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Tests.Api.V1;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Data;

/// <summary>What docs/operate.md promises of a restore: the app on the restored database is the same installation.</summary>
public sealed class RestoreTests : IAsyncLifetime
{
    private readonly SyncedGitHubApp before = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => before.InitializeAsync();

    public ValueTask DisposeAsync() => before.DisposeAsync();

    [Fact]
    public async Task A_copy_of_the_database_is_the_same_installation()
    {
        var numbers = await NumbersAsync(before.Ada.Api);
        await IsTheSameAsync(await before.App.Database.CopyAsync(), numbers);
    }

    private async Task IsTheSameAsync(TestDatabase restored, string numbers)
    {
        var app = new TestApp { On = restored };
        app.Settings["Connectors:GitHub:BaseUrl"] = before.GitHub.BaseUrl.ToString();
        app.Settings["Sync:Worker"] = "true";
        await app.InitializeAsync();
        try
        {
            using var anyone = app.Api();
            using var signedIn = await anyone.PostAsJsonAsync("auth/login", new { email = before.Ada.Email, password = Someone.Password }, Now);
            signedIn.EnsureSuccessStatusCode();
            anyone.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await signedIn.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("access_token").GetString());
            Assert.Equal(numbers, await NumbersAsync(anyone));

            // The token of the provider opens: it is asked for news.
            using var asked = await anyone.PostAsync(new Uri("connectors/github/sync", UriKind.Relative), null, Now);
            asked.EnsureSuccessStatusCode();
            var id = (await asked.Content.ReadFromJsonAsync<JsonElement>(Now))[0].GetProperty("id").GetString();
            JsonElement log = default;
            await Wait.UntilAsync(
                async () =>
                {
                    log = await anyone.GetFromJsonAsync<JsonElement>($"sync/logs/{id}", Now);
                    return log.GetProperty("finished_at").ValueKind != JsonValueKind.Null;
                },
                "The sync does not end.");
            Assert.Equal("done", log.GetProperty("status").GetString());
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static async Task<string> NumbersAsync(HttpClient api)
    {
        var numbers = await api.GetStringAsync(new Uri("metrics/dora?start_date=2025-01-01&end_date=2026-11-20", UriKind.Relative), Now);
        Assert.Matches("\"count\":[1-9]", numbers);
        return numbers;
    }
}
