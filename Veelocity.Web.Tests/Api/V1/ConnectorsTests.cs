using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

public sealed class ConnectorsTests(GitHubApp github) : IClassFixture<GitHubApp>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_connecting_to_numbers_and_back()
    {
        var (ada, _) = await github.MemberAsync();
        Assert.Equal("disconnected", (await StatusAsync(ada)).GetProperty("status").GetString());

        using var connect = await ada.Api.PostAsJsonAsync("connectors/github/connect", new { token = "ghp_secretOfAda" }, Now);
        Assert.Equal(HttpStatusCode.OK, connect.StatusCode);
        var text = await connect.Content.ReadAsStringAsync(Now);
        Assert.DoesNotContain("ghp_secretOfAda", text, StringComparison.Ordinal);
        var connected = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal(
            ("github", "connected", "octo-reader"),
            (connected.GetProperty("kind").GetString(), connected.GetProperty("status").GetString(), connected.GetProperty("account").GetString()));
        Assert.Contains("lead_time_for_changes", connected.GetProperty("supported_metrics").EnumerateArray().Select(metric => metric.GetString()));

        var done = await SyncedAsync(ada);
        Assert.Equal(["done", "done"], done.Select(run => run.GetProperty("status").GetString()));
        Assert.Equal(["first_connect", "first_connect"], done.Select(run => run.GetProperty("trigger").GetString()));
        Assert.Equal(
            github.GitHub.World.Repositories.Sum(repository => repository.PullRequests.Count),
            done[0].GetProperty("items").GetProperty("pull_requests").GetInt32());

        using var again = await ada.Api.PostAsync(new Uri("connectors/github/sync", UriKind.Relative), null, Now);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal(["github", "github_actions"], (await again.Content.ReadFromJsonAsync<JsonElement>(Now)).EnumerateArray().Select(run => run.GetProperty("connector").GetString()));

        using var gone = await ada.Api.DeleteAsync(new Uri("connectors/github", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal("disconnected", (await StatusAsync(ada)).GetProperty("status").GetString());
        using var nothing = await ada.Api.DeleteAsync(new Uri("connectors/github", UriKind.Relative), Now);
        await AuthTests.AssertProblemAsync(nothing, HttpStatusCode.Conflict, "not_connected");
        using var unconnected = await ada.Api.PostAsync(new Uri("connectors/github/sync", UriKind.Relative), null, Now);
        await AuthTests.AssertProblemAsync(unconnected, HttpStatusCode.Conflict, "not_connected");
        using var triggered = await ada.Api.PostAsJsonAsync("sync/trigger", new { connector = "github-actions" }, Now);
        await AuthTests.AssertProblemAsync(triggered, HttpStatusCode.Conflict, "not_connected");
        using var unknown = await ada.Api.PostAsync(new Uri("connectors/made-up/sync", UriKind.Relative), null, Now);
        await AuthTests.AssertProblemAsync(unknown, HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Connecting_to_repositories_that_do_not_exist_is_rejected_with_their_names()
    {
        var (ada, _) = await github.MemberAsync();
        var known = github.GitHub.World.Repositories[0].FullName;
        using var rejected = await ada.Api.PostAsJsonAsync(
            "connectors/github/connect", new { token = "ghp_good", repositories = new[] { known, "acme/nowhere", "acme/never" } }, Now);
        var problem = await AuthTests.AssertProblemAsync(rejected, HttpStatusCode.UnprocessableEntity, "unknown_selection");
        var words = problem.GetProperty("errors").GetProperty("repositories")[0].GetString()!;
        Assert.Contains("acme/nowhere, acme/never", words, StringComparison.Ordinal);
        Assert.DoesNotContain(known, words, StringComparison.Ordinal);
        Assert.Equal("disconnected", (await StatusAsync(ada)).GetProperty("status").GetString());

        using var taken = await ada.Api.PostAsJsonAsync("connectors/github/connect", new { token = "ghp_good", repositories = new[] { known } }, Now);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Theory]
    [InlineData("github-actions")]
    [InlineData("github_actions")]
    public async Task A_connector_is_known_in_either_spelling(string kind)
    {
        var (ada, _) = await github.MemberAsync();
        Assert.Equal("github_actions", (await ada.Api.GetFromJsonAsync<JsonElement>($"connectors/{kind}/status", Now)).GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("ghp_wrongOne", "token_wrong")]
    [InlineData("ghp_expiredOne", "token_expired")]
    [InlineData("ghp_ssoOne", "sso_required")]
    public async Task A_refused_token_is_explained_and_changes_nothing(string token, string code)
    {
        var (ada, _) = await github.MemberAsync();
        using var refused = await ada.Api.PostAsJsonAsync("connectors/github/connect", new { token }, Now);

        var problem = await AuthTests.AssertProblemAsync(refused, HttpStatusCode.UnprocessableEntity, code);
        Assert.DoesNotContain(token, problem.GetRawText(), StringComparison.Ordinal);
        Assert.True(problem.GetProperty("errors").TryGetProperty("token", out _));
        var status = await StatusAsync(ada);
        Assert.Equal(("disconnected", JsonValueKind.Null), (status.GetProperty("status").GetString(), status.GetProperty("last_sync").ValueKind));
    }

    [Theory]
    [InlineData("""{}""", "token")]
    [InlineData("""{"token": "ghp_x", "base_url": "not an address"}""", "base_url")]
    [InlineData("""{"token": "ghp_x", "base_url": "ftp://github.example.com"}""", "base_url")]
    [InlineData("""{"token": "ghp_x", "repositories": ["web"]}""", "repositories")]
    public async Task What_is_missing_or_misspelt_is_named(string body, string field)
    {
        var (ada, _) = await github.MemberAsync();
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var refused = await ada.Api.PostAsync(new Uri("connectors/github/connect", UriKind.Relative), content, Now);

        var problem = await AuthTests.AssertProblemAsync(refused, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Fact]
    public async Task An_address_inside_the_operators_network_is_refused()
    {
        var (ada, _) = await github.MemberAsync();
        using var refused = await ada.Api.PostAsJsonAsync(
            "connectors/github/connect", new { token = "ghp_good", base_url = "http://127.0.0.1:1/" }, Now);

        var problem = await AuthTests.AssertProblemAsync(refused, HttpStatusCode.UnprocessableEntity, "address_refused");
        Assert.True(problem.GetProperty("errors").TryGetProperty("base_url", out _));
    }

    [Theory]
    [InlineData(Role.Viewer, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(Role.Manager, HttpStatusCode.Forbidden, HttpStatusCode.Conflict)] // may ask for a sync; there is nothing to sync
    public async Task Only_an_admin_connects_and_a_viewer_does_not_even_sync(Role role, HttpStatusCode connecting, HttpStatusCode syncing)
    {
        var (member, _) = await github.MemberAsync(role);
        using var connect = await member.Api.PostAsJsonAsync("connectors/github/connect", new { token = "ghp_good" }, Now);
        using var sync = await member.Api.PostAsync(new Uri("connectors/github/sync", UriKind.Relative), null, Now);
        using var disconnect = await member.Api.DeleteAsync(new Uri("connectors/github", UriKind.Relative), Now);
        Assert.Equal((connecting, syncing, HttpStatusCode.Forbidden), (connect.StatusCode, sync.StatusCode, disconnect.StatusCode));
        Assert.Equal("disconnected", (await StatusAsync(member)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task All_connectors_are_listed_with_what_they_feed()
    {
        var (ada, _) = await github.MemberAsync(Role.Viewer);
        var list = await ada.Api.GetFromJsonAsync<JsonElement>("connectors", Now);
        Assert.Equal(["github", "github_actions", "slack", "linear"], list.EnumerateArray().Select(connector => connector.GetProperty("kind").GetString()));
        Assert.All(list.EnumerateArray(), connector => Assert.NotEqual(0, connector.GetProperty("supported_metrics").GetArrayLength()));
    }

    private static async Task<JsonElement> StatusAsync(Someone someone) =>
        await someone.Api.GetFromJsonAsync<JsonElement>("connectors/github/status", Now);

    private static async Task<List<JsonElement>> SyncedAsync(Someone someone)
    {
        List<JsonElement> runs = [];
        await Wait.UntilAsync(
            async () =>
            {
                runs = [.. (await someone.Api.GetFromJsonAsync<JsonElement>("sync/status", Now)).EnumerateArray()];
                return runs.Count == 2 && runs.TrueForAll(run => run.GetProperty("finished_at").ValueKind != JsonValueKind.Null);
            },
            "The sync does not end.");
        return runs;
    }
}
