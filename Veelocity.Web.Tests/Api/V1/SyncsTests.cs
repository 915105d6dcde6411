using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Api.V1;

public sealed class SyncsTests(GitHubApp github) : IClassFixture<GitHubApp>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anothers_sync_log_is_as_unknown_as_one_that_does_not_exist()
    {
        var (ada, _) = await github.MemberAsync();
        var (eve, _) = await github.MemberAsync();
        using var connect = await ada.Api.PostAsJsonAsync("connectors/github/connect", new { token = "ghp_good" }, Now);
        connect.EnsureSuccessStatusCode();
        var logs = await ada.Api.GetFromJsonAsync<JsonElement>("sync/logs", Now);
        Assert.Equal(2, logs.GetProperty("total").GetInt32());
        var id = logs.GetProperty("items")[0].GetProperty("id").GetGuid();

        Assert.Equal(id, (await ada.Api.GetFromJsonAsync<JsonElement>($"sync/logs/{id}", Now)).GetProperty("id").GetGuid());
        foreach (var foreign in new[] { id, Guid.NewGuid() })
        {
            using var answer = await eve.Api.GetAsync(new Uri($"sync/logs/{foreign}", UriKind.Relative), Now);
            await AuthTests.AssertProblemAsync(answer, HttpStatusCode.NotFound, "not_found");
        }
        Assert.Equal(0, (await eve.Api.GetFromJsonAsync<JsonElement>("sync/logs", Now)).GetProperty("total").GetInt32());
        Assert.Equal(0, (await eve.Api.GetFromJsonAsync<JsonElement>("sync/status", Now)).GetArrayLength());
    }

    [Fact]
    public async Task A_sync_of_one_connector_is_asked_for_and_asking_again_joins_it()
    {
        var (ada, organizationId) = await github.MemberAsync();
        await ConnectAsync(organizationId);
        using var first = await ada.Api.PostAsJsonAsync("sync/trigger", new { connector = "github_actions", full = true }, Now);
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        var run = Assert.Single((await first.Content.ReadFromJsonAsync<JsonElement>(Now)).EnumerateArray());
        Assert.Equal(
            ("github_actions", "manual", true),
            (run.GetProperty("connector").GetString(), run.GetProperty("trigger").GetString(), run.GetProperty("full").GetBoolean()));

        var logs = await ada.Api.GetFromJsonAsync<JsonElement>("sync/logs?connector=github_actions", Now);
        Assert.Equal(1, logs.GetProperty("total").GetInt32());
        Assert.Equal(0, (await ada.Api.GetFromJsonAsync<JsonElement>("sync/logs?connector=github", Now)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_viewer_sees_how_syncs_stand_but_neither_starts_them_nor_reads_their_logs()
    {
        var (viewer, _) = await github.MemberAsync(Role.Viewer);
        using var trigger = await viewer.Api.PostAsJsonAsync("sync/trigger", new { }, Now);
        using var logs = await viewer.Api.GetAsync(new Uri("sync/logs", UriKind.Relative), Now);
        using var status = await viewer.Api.GetAsync(new Uri("sync/status", UriKind.Relative), Now);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK), (trigger.StatusCode, logs.StatusCode, status.StatusCode));
    }

    // A connection whose runs end at once, because its secret cannot be opened.
    private async Task ConnectAsync(Guid organizationId)
    {
        await using var db = github.App.Database.Open();
        var connection = new Connection { OrganizationId = organizationId, Kind = "github" };
        connection.Connect("not encrypted by us", null, "octo", null, Guid.NewGuid(), DateTimeOffset.UtcNow);
        db.Connections.Add(connection);
        await db.SaveChangesAsync(Now);
    }
}
