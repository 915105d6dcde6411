using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Web;

namespace Veelocity.Web.Tests.Api.V1;

public sealed class SyncsTests(GitHubApp github, TestApp app) : IClassFixture<GitHubApp>
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

    [Fact]
    public async Task Logs_are_found_by_status_trigger_and_time_and_words_that_are_none_are_explained()
    {
        var (ada, organizationId) = await GitHubApp.MemberAsync(app);
        var done = await AddAsync(organizationId, "github", SyncTrigger.Schedule, new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), SyncOutcome.Done);
        var failed = await AddAsync(organizationId, "github_actions", SyncTrigger.Manual, new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), SyncOutcome.Unreachable);

        Assert.Equal([failed, done], await FoundAsync(ada, ""));
        Assert.Equal([failed], await FoundAsync(ada, "?status=unreachable"));
        Assert.Equal([done], await FoundAsync(ada, "?status=done&trigger=schedule"));
        Assert.Equal([failed], await FoundAsync(ada, "?since=2026-03-01T10:00:00%2B01:00&connector=github_actions"));
        Assert.Equal([done], await FoundAsync(ada, "?until=2026-03-02T09:00:00Z"));
        Assert.Equal([], await FoundAsync(ada, "?status=running"));
        using var wrong = await ada.Api.GetAsync(new Uri("sync/logs?status=finished", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("rate_limited", await wrong.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_sync_tells_how_far_it_is_and_is_cancelled_once()
    {
        var (ada, organizationId) = await GitHubApp.MemberAsync(app);
        var (viewer, _) = await GitHubApp.MemberAsync(app, Role.Viewer);
        var now = DateTimeOffset.UtcNow;
        var id = await AddAsync(organizationId, "github", SyncTrigger.Manual, now.AddSeconds(-30), null, run =>
        {
            run.Start(now.AddSeconds(-20));
            run.Advance("Pull requests of acme/web", 200, 400, 190, now);
        });

        var running = await ada.Api.GetFromJsonAsync<JsonElement>($"sync/logs/{id}", Now);
        Assert.Equal(
            ("running", "Pull requests of acme/web", 200, 400),
            (running.GetProperty("status").GetString(), running.GetProperty("phase").GetString(), running.GetProperty("done").GetInt32(), running.GetProperty("total").GetInt32()));
        Assert.InRange(running.GetProperty("rate_per_second").GetDouble(), 5, 11);
        Assert.InRange(running.GetProperty("seconds_left").GetDouble(), 18, 40);

        var cancel = new Uri($"sync/logs/{id}/cancel", UriKind.Relative);
        using var foreign = await viewer.Api.PostAsync(cancel, null, Now);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        using var cancelled = await ada.Api.PostAsync(cancel, null, Now);
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        Assert.NotEqual(JsonValueKind.Null, (await cancelled.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("cancel_requested_at").ValueKind);
        await using (var db = app.Database.Open())
        {
            var run = await db.SyncRuns.IgnoreQueryFilters().SingleAsync(r => r.Id == id, Now);
            run.Finish(SyncOutcome.Cancelled, null, now);
            await db.SaveChangesAsync(Now);
        }
        using var late = await ada.Api.PostAsync(cancel, null, Now);
        await AuthTests.AssertProblemAsync(late, HttpStatusCode.Conflict, "sync_ended");
    }

    [Fact]
    public async Task The_status_tells_of_each_connector_how_old_its_data_is()
    {
        var (ada, organizationId) = await GitHubApp.MemberAsync(app);
        var now = DateTimeOffset.UtcNow;
        await AddAsync(organizationId, "github", SyncTrigger.Schedule, now.AddMinutes(-10), SyncOutcome.Done);
        await AddAsync(organizationId, "github_actions", SyncTrigger.Schedule, now.AddHours(-5), SyncOutcome.Done);
        await AddAsync(organizationId, "github_actions", SyncTrigger.Schedule, now.AddHours(-4), SyncOutcome.Unreachable);

        var status = (await ada.Api.GetFromJsonAsync<JsonElement>("sync/status", Now)).EnumerateArray().ToList();

        Assert.Equal([("github", "done", false), ("github_actions", "unreachable", true)], status.Select(s => (
            s.GetProperty("connector").GetString()!, s.GetProperty("status").GetString()!, s.GetProperty("is_stale").GetBoolean())));
        Assert.Equal(now.AddHours(-5), status[1].GetProperty("data_as_of").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        Assert.Single((await ada.Api.GetFromJsonAsync<JsonElement>("sync/status?connector=github", Now)).EnumerateArray());
    }

    [Fact]
    public async Task A_connector_that_is_none_is_refused_by_name()
    {
        var (ada, _) = await GitHubApp.MemberAsync(app);
        using var answer = await ada.Api.PostAsJsonAsync("sync/trigger", new { connector = "gitlab" }, Now);
        await AuthTests.AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "unknown_connector");
    }

    [Fact]
    public async Task The_description_holds_an_example_for_every_operation()
    {
        using var api = app.Api();
        var paths = (await api.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Now)).GetProperty("paths");
        foreach (var (path, method, status) in new[]
        {
            ("trigger", "post", "202"), ("status", "get", "200"), ("logs", "get", "200"), ("logs/{id}", "get", "200"), ("logs/{id}/cancel", "post", "202"),
        })
        {
            var answer = paths.GetProperty($"/api/v1/sync/{path}").GetProperty(method).GetProperty("responses").GetProperty(status);
            Assert.True(answer.GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _), path);
        }
    }

    private static async Task<List<Guid>> FoundAsync(Someone someone, string query) =>
        [.. (await someone.Api.GetFromJsonAsync<JsonElement>("sync/logs" + query, Now)).GetProperty("items").EnumerateArray().Select(log => log.GetProperty("id").GetGuid())];

    // Rows that stay as they are: this app has no worker.
    private async Task<Guid> AddAsync(
        Guid organizationId, string connector, SyncTrigger trigger, DateTimeOffset at, SyncOutcome? outcome, Action<SyncRun>? live = null)
    {
        await using var db = app.Database.Open();
        var connection = await db.Connections.IgnoreQueryFilters().SingleOrDefaultAsync(c => c.OrganizationId == organizationId, Now);
        if (connection is null)
        {
            db.Connections.Add(connection = new Connection { OrganizationId = organizationId, Kind = "github" });
            connection.Connect("not encrypted by us", null, "octo", null, Guid.NewGuid(), DateTimeOffset.UtcNow);
        }
        var run = new SyncRun { OrganizationId = organizationId, ConnectionId = connection.Id, Connector = connector, Trigger = trigger, RequestedAt = at };
        if (outcome is not null)
        {
            run.Start(at);
            run.Finish(outcome.Value, null, at.AddMinutes(1));
        }
        live?.Invoke(run);
        db.SyncRuns.Add(run);
        await db.SaveChangesAsync(Now);
        return run.Id;
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
