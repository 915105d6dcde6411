using System.Net;
using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;
using Veelocity.Web.Sync;
using Veelocity.Web.Tests.Platform;
using Veelocity.Web.Tests.Simulator;
using Veelocity.Web.Tests.Sync;

namespace Veelocity.Web.Tests.Commands;

/// <summary>The commands as someone types them, each a process of its own.</summary>
public sealed class CommandTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Help_needs_nothing_and_a_mistake_is_answered_in_words_before_anything_starts()
    {
        var nowhere = ("ConnectionStrings__Veelocity", "Host=127.0.0.1;Port=1;Database=none");
        await using var help = AppProcess.Start(["sync", "--help"], nowhere);
        await using var command = AppProcess.Start(["sing"], nowhere);
        await using var option = AppProcess.Start(["sync", "--organisation", "acme"], nowhere);
        foreach (var app in new[] { help, command, option }) await app.EndAsync(cancellation);

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("veelocity sync [--organization SLUG] [--full]", help.Output, StringComparison.Ordinal);
        Assert.Equal((1, "Veelocity cannot start. There is no command 'sing': use serve, worker, sync, migrate or demo."), (command.ExitCode, command.Output));
        Assert.Equal(1, option.ExitCode);
        Assert.Contains("does not know '--organisation'", option.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sync__EveryMinutes", "45", "choose a number that divides an hour")]
    [InlineData("Sync__Cron", "every day", "no cron expression")]
    [InlineData("Sync__FullAtHour", "24", "FullAtHour")]
    public async Task A_schedule_that_makes_no_sense_stops_the_start(string key, string value, string expected)
    {
        await using var host = await SyncHost.StartAsync();
        await using var app = AppProcess.Start(["worker"], ("ConnectionStrings__Veelocity", host.Database.ConnectionString), (key, value));
        await app.EndAsync(cancellation);
        Assert.Equal(1, app.ExitCode);
        Assert.StartsWith("Veelocity cannot start. ", app.Output, StringComparison.Ordinal);
        Assert.Contains(expected, app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_reads_what_is_connected_and_its_exit_code_says_whether_all_went_well()
    {
        await using var github = await GitHubAsync();
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var good = (await host.FoundAndConnectAsync("github")).Connection;
        var refused = (await host.FoundAndConnectAsync("github")).Connection;
        await ReplaceTokenAsync(host, refused, "ghp_expired");

        await using var one = host.Start(github.BaseUrl, ["sync", "--organization", await SlugAsync(host, good)]);
        await one.EndAsync(cancellation);
        Assert.Equal((0, true), (one.ExitCode, one.Output.Contains("GitHub Actions: done in", StringComparison.Ordinal)));
        Assert.Equal(github.World.Repositories.Sum(r => r.PullRequests.Count), (await host.CountAsync(good.OrganizationId))["pull_requests"]);

        await using var all = host.Start(github.BaseUrl, ["sync", "--full"]);
        await all.EndAsync(cancellation);
        Assert.Equal(1, all.ExitCode);
        Assert.Contains($"{await SlugAsync(host, refused)} · GitHub: the token was refused. ", all.Output, StringComparison.Ordinal);
        await using var db = host.Database.Open();
        var full = await db.SyncRuns.IgnoreQueryFilters().Where(r => r.ConnectionId == good.Id && r.IsFull).ToListAsync(cancellation);
        Assert.Equal([(SyncTrigger.Command, SyncOutcome.Done), (SyncTrigger.Command, SyncOutcome.Done)], full.Select(r => (r.Trigger, r.Outcome!.Value)));

        await using var unknown = host.Start(github.BaseUrl, ["sync", "--organization", "nobody"]);
        await unknown.EndAsync(cancellation);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("There is no organization 'nobody'.", unknown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_that_is_interrupted_says_so_and_the_next_one_ends_it()
    {
        await using var github = await GitHubAsync();
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var connected = await host.FoundAndConnectAsync("github");
        github.Faults.Add(new Fault(FaultKind.Slow) { DelayMilliseconds = 200 });
        await using var interrupted = host.Start(github.BaseUrl, ["sync"]);
        await host.UntilAsync(connected.Runs[0].Id, run => run.StartedAt is not null);
        await interrupted.TerminateAsync(cancellation);
        await interrupted.EndAsync(cancellation);
        Assert.Equal(130, interrupted.ExitCode);
        Assert.True((await host.ReadAsync(connected.Runs[0].Id)).IsOpen);

        github.Faults.Clear();
        await using var next = host.Start(github.BaseUrl, ["sync"]);
        await next.EndAsync(cancellation);
        Assert.Equal(0, next.ExitCode);
        Assert.Equal(SyncOutcome.Done, (await host.ReadAsync(connected.Runs[0].Id)).Outcome);
    }

    [Fact]
    public async Task A_web_process_told_not_to_sync_leaves_it_to_a_worker_that_serves_no_pages()
    {
        await using var github = await GitHubAsync();
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var connected = await host.FoundAndConnectAsync("github");
        using var http = new HttpClient();
        await using var web = host.Start(github.BaseUrl, [], ("Sync__Worker", "false"));
        var pages = await web.ReadyAsync(cancellation);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(pages, "/account/login"), cancellation)).StatusCode);
        await Task.Delay(1_000, cancellation);
        Assert.Null((await host.ReadAsync(connected.Runs[0].Id)).StartedAt);

        await using var worker = host.Start(github.BaseUrl, ["worker"], ("Sync__Worker", "false"));
        var health = await worker.ReadyAsync(cancellation);
        foreach (var run in connected.Runs) Assert.Equal(SyncOutcome.Done, (await host.UntilAsync(run.Id, r => !r.IsOpen)).Outcome);
        foreach (var path in new[] { "/healthz", "/readyz" })
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(health, path), cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(health, "/account/login"), cancellation)).StatusCode);
        var series = (await http.GetStringAsync(new Uri(health, "/metrics"), cancellation)).Split('\n');
        Assert.Contains(series, line => line.StartsWith("veelocity_sync_duration_seconds_count{", StringComparison.Ordinal) && line.Contains("outcome=\"done\"", StringComparison.Ordinal));
        Assert.Contains(series, line => line.StartsWith("veelocity_sync_items_total{", StringComparison.Ordinal) && line.Contains("connector=\"github\"", StringComparison.Ordinal));
        Assert.Contains(series, line => line.StartsWith("veelocity_provider_budget_left{", StringComparison.Ordinal));
    }

    private Task<GitHubSimulator> GitHubAsync() => GitHubSimulator.StartAsync(
        SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 40 }), cancel: cancellation);

    private async Task ReplaceTokenAsync(SyncHost host, Connection connection, string token)
    {
        var secret = await host.UseAsync((ConnectionSecrets secrets) => Task.FromResult(secrets.Protect(connection.Id, token)));
        await using var db = host.Database.Open();
        await db.Connections.IgnoreQueryFilters().Where(c => c.Id == connection.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ProtectedSecret, secret), cancellation);
    }

    private async Task<string> SlugAsync(SyncHost host, Connection connection)
    {
        await using var db = host.Database.Open();
        return (await db.Organizations.SingleAsync(o => o.Id == connection.OrganizationId, cancellation)).Slug;
    }
}
