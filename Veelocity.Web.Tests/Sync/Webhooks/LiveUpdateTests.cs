using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator.Histories;
using Veelocity.Simulator.Webhooks;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Sync.Webhooks;

/// <summary>From a change at GitHub to the numbers, through a registered webhook and no sync.</summary>
public sealed class LiveUpdateTests
{
    /// <summary>What GitHub tells of by the events that are asked for.</summary>
    private static readonly string[] Told =
    [
        "open_pull_request", "push_to_pull_request", "force_push_pull_request", "retitle_pull_request", "label_pull_request", "unlabel_pull_request",
        "convert_pull_request_to_draft", "mark_pull_request_ready", "request_review", "review_pull_request", "review_late", "dismiss_review",
        "merge_pull_request", "close_pull_request", "reopen_pull_request", "revert_pull_request", "push_to_default_branch",
        "start_run", "progress_run", "complete_run", "rerun_run", "create_deployment", "progress_deployment", "complete_deployment",
        "publish_release", "draft_release", "publish_draft", "edit_release",
    ];

    private static readonly string[] Events =
        ["pull_request", "pull_request_review", "workflow_run", "deployment", "deployment_status", "push", "release"];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_merge_and_its_deployment_are_on_the_dashboard_within_seconds()
    {
        await using var live = await LiveApp.StartAsync(pullRequests: 60);
        await live.ConnectAsync();
        var (address, secret) = await live.TurnOnWebhookAsync();
        live.GitHub.Hooks.Add(new Hook(address, secret) { Events = Events });
        var (repository, environment) = await AServiceAsync(live);
        var before = await ReleasesAsync(live);

        live.Happen("open_pull_request", new ChangeTarget { Repository = repository });
        var pull = live.GitHub.World.Repositories.First(r => r.FullName == repository).PullRequests[^1];
        var started = Stopwatch.GetTimestamp();
        live.Happen("mark_pull_request_ready", new ChangeTarget { Repository = repository, Number = pull.Number }, orNothing: true);
        live.Happen("merge_pull_request", new ChangeTarget { Repository = repository, Number = pull.Number });
        live.Happen("create_deployment", new ChangeTarget { Repository = repository, Name = environment });
        var deployment = live.GitHub.World.Repositories.First(r => r.FullName == repository).Deployments.MaxBy(d => d.Id)!;
        live.Happen("complete_deployment", new ChangeTarget { Repository = repository, Id = deployment.Id, Outcome = "success" });

        await LiveApp.UntilAsync("The deployment is not in the numbers.", async () => await ReleasesAsync(live) == before + 1);
        await LiveApp.UntilAsync("The pull request is not in the lead time.", async () => await IsDeployedAsync(live, pull.Title));
        var took = Stopwatch.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper?.WriteLine($"in the numbers after {took.TotalSeconds:0.0} s");
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(15));

        var dashboard = await live.Browser.GetAsync($"/o/{live.Slug}/");
        Assert.Contains($"{before + 1} deployments", dashboard.Text, StringComparison.Ordinal);
        await live.SettleAsync();
        var page = await live.Browser.GetAsync($"/o/{live.Slug}/settings/webhook");
        Assert.Contains("deployment_status · created", page.Text, StringComparison.Ordinal);
        Assert.All(live.GitHub.Hooks.Deliveries.All, delivery => Assert.Equal(202, delivery.Status));
    }

    [Theory]
    [InlineData(HookContent.Json)]
    [InlineData(HookContent.Form)]
    public async Task Deliveries_doubled_and_in_any_order_give_the_tables_of_a_full_sync(HookContent content)
    {
        await using var live = await LiveApp.StartAsync(pullRequests: 50);
        await live.ConnectAsync();
        var (address, secret) = await live.TurnOnWebhookAsync();
        live.GitHub.Hooks.Add(new Hook(address, secret) { Events = Events, Copies = 2, ShuffleMilliseconds = 1_500, ContentType = content });
        var history = new RandomHistory(live.GitHub.World, content == HookContent.Json ? 5 : 6, Told);
        for (var step = 0; step < 150; step++)
        {
            history.Step(live.GitHub.Clock.GetUtcNow());
            await Task.Delay(20, Now);
        }
        await live.SettleAsync();

        await using var host = await SyncHost.StartAsync(live.GitHub.BaseUrl, on: live.App.Database);
        var fresh = await host.FoundAndConnectAsync("github");
        foreach (var run in fresh.Runs) await host.UntilAsync(run.Id, r => !r.IsOpen);
        var freshId = fresh.Connection.OrganizationId;
        var (told, synced) = (await ContentsAsync(host, live.OrganizationId, freshId), await ContentsAsync(host, freshId, live.OrganizationId));
        Assert.Empty(synced.Except(told, StringComparer.Ordinal));
        Assert.Empty(told.Except(synced, StringComparer.Ordinal));
        Assert.Equal(synced.Count, told.Count);
        var sent = live.GitHub.Hooks.Deliveries.All;
        await using var db = live.App.Database.Open();
        Assert.Equal(sent.Count, await db.WebhookDeliveries.IgnoreQueryFilters().CountAsync(d => d.OrganizationId == live.OrganizationId, Now));
        Assert.All(sent, delivery => Assert.Equal(2, delivery.Attempts));
    }

    [Fact]
    public async Task A_wrong_signature_changes_nothing_and_what_was_missed_is_brought_by_sending_it_again()
    {
        await using var live = await LiveApp.StartAsync(pullRequests: 30);
        await live.ConnectAsync();
        var (address, secret) = await live.TurnOnWebhookAsync();
        var hook = live.GitHub.Hooks.Add(new Hook(address, secret) { Events = Events, HasWrongSignature = true });
        live.Happen("retitle_pull_request", new ChangeTarget { Name = "A title that nobody was told of" });
        await live.GitHub.Hooks.Settle();
        Assert.All(live.GitHub.Hooks.Deliveries.All, delivery => Assert.Equal(401, delivery.Status));
        Assert.False(await IsKnownAsync(live, "A title that nobody was told of"));

        live.GitHub.Hooks.Replace(hook.Id, known => known with { HasWrongSignature = false });
        foreach (var delivery in live.GitHub.Hooks.Deliveries.All) await live.GitHub.Hooks.Redeliver(delivery.Id);
        await live.SettleAsync();
        Assert.True(await IsKnownAsync(live, "A title that nobody was told of"));
    }

    // GitHub tells nobody when a deployment becomes inactive, and no number is made of it. What was detected as a source earlier stays, so
    // deployments are compared where both organizations came to the same.
    private static async Task<List<string>> ContentsAsync(SyncHost host, Guid organizationId, Guid otherId)
    {
        await using var db = host.Database.Open();
        var derived = await db.Database.SqlQuery<string>($"""
            SELECT concat_ws(' ', 'derived', r.full_name, d.source_key, d.environment, d.outcome, d.finished_at, d.is_release, d.is_rollback,
                             (SELECT count(*) FROM deployed_changes c WHERE c.deployment_id = d.id)) AS "Value"
            FROM deployments d JOIN repositories r ON r.id = d.repository_id JOIN services s ON s.id = d.service_id
            WHERE d.organization_id = {organizationId}
              AND EXISTS (SELECT FROM services o JOIN repositories p ON p.id = o.repository_id
                          WHERE o.organization_id = {otherId} AND p.full_name = r.full_name
                            AND o.source = s.source AND o.source_name IS NOT DISTINCT FROM s.source_name)
            """).ToListAsync(Now);
        Assert.NotEmpty(derived);
        return [.. derived, .. (await host.ContentsAsync(organizationId)).Where(row => !row.Contains(" inactive ", StringComparison.Ordinal))];
    }

    /// <summary>A repository whose releases to production are read from an environment.</summary>
    private static async Task<(string Repository, string Environment)> AServiceAsync(LiveApp live)
    {
        await using var db = live.App.Database.Open();
        var service = await db.Services.IgnoreQueryFilters()
            .Where(s => s.OrganizationId == live.OrganizationId && s.Source == DeploymentSource.Environment)
            .Join(db.Repositories.IgnoreQueryFilters(), s => s.RepositoryId, r => r.Id, (s, r) => new { r.FullName, s.SourceName })
            .FirstAsync(Now);
        return (service.FullName, service.SourceName!);
    }

    private static async Task<int> ReleasesAsync(LiveApp live) =>
        (await live.Ada.Api.GetFromJsonAsync<JsonElement>("metrics/dora/deployment-frequency", Now)).GetProperty("total").GetInt32();

    private static async Task<bool> IsDeployedAsync(LiveApp live, string title)
    {
        await using var db = live.App.Database.Open();
        return await db.DeployedChanges.IgnoreQueryFilters().Where(c => c.OrganizationId == live.OrganizationId)
            .Join(db.PullRequests.IgnoreQueryFilters(), c => c.PullRequestId, p => p.Id, (c, p) => p.Title)
            .AnyAsync(known => known == title, Now);
    }

    private static async Task<bool> IsKnownAsync(LiveApp live, string title)
    {
        await using var db = live.App.Database.Open();
        return await db.PullRequests.IgnoreQueryFilters().AnyAsync(p => p.OrganizationId == live.OrganizationId && p.Title == title, Now);
    }
}
