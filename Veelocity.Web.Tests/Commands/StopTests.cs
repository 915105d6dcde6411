using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Npgsql;
using Veelocity.Simulator;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Seeding;
using Veelocity.Web.Data;
using Veelocity.Web.Tests.Database;
using Veelocity.Web.Tests.Platform;
using Veelocity.Web.Tests.Simulator;
using Veelocity.Web.Tests.Sync;

namespace Veelocity.Web.Tests.Commands;

/// <summary>SIGTERM, as Kubernetes and container engines send it, to processes that are at work.</summary>
public sealed class StopTests
{
    // Less than infra/k8s and compose.yaml allow after SIGTERM.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_is_under_way_is_answered_and_no_new_one_is_taken()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var web = AppProcess.Start(("ConnectionStrings__Veelocity", database.ConnectionString), ("Sync__Worker", "false"));
        var address = await web.ReadyAsync(cancellation);
        await using var slow = new NpgsqlConnection(database.ConnectionString);
        await slow.OpenAsync(cancellation);
        await ExecuteAsync(slow, "BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
        using var http = new HttpClient();
        var answer = http.PostAsJsonAsync(new Uri(address, "/api/v1/auth/login"), new { email = "ada@example.com", password = "nobody knows this one" }, cancellation);
        await UntilAsync(async () => await CountAsync(slow, "SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);

        await web.TerminateAsync(cancellation);
        await UntilAsync(() => IsRefusedAsync(address));
        Assert.False(answer.IsCompleted);
        await ExecuteAsync(slow, "ROLLBACK");

        Assert.Equal(HttpStatusCode.Unauthorized, (await answer).StatusCode);
        await web.EndAsync(cancellation);
        Assert.Equal(0, web.ExitCode);
    }

    [Fact]
    public async Task A_worker_lets_go_of_its_sync_at_once_and_the_next_goes_on_behind_the_last_stored_batch()
    {
        await using var github = await GitHubSimulator.StartAsync(
            SeededWorld.Create(new SeedOptions { Now = SimulatedGitHub.Now, PullRequests = 150 }), cancel: cancellation);
        await using var host = await SyncHost.StartAsync(github.BaseUrl);
        var whole = (await host.RunAllAsync((await host.FoundAndConnectAsync("github")).Runs))[0];
        var id = (await host.FoundAndConnectAsync("github")).Runs[0].Id;
        github.Faults.Add(new Fault(FaultKind.Slow) { DelayMilliseconds = 60 });

        await using var stopped = host.Start(github.BaseUrl, ["worker"]);
        await host.UntilAsync(id, run => run.Requests >= whole.Requests / 3);
        var clock = Stopwatch.StartNew();
        await stopped.TerminateAsync(cancellation);
        await stopped.EndAsync(cancellation);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Grace);
        Assert.Equal(0, stopped.ExitCode);
        var left = await host.ReadAsync(id);
        Assert.Equal((true, null), (left.IsOpen, left.ParkedUntil));
        await using (var look = new NpgsqlConnection(host.Database.ConnectionString))
        {
            await look.OpenAsync(cancellation);
            Assert.Equal(0, await CountAsync(look, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"));
        }

        github.Faults.Clear();
        await using var next = host.Start(github.BaseUrl, ["worker"]);
        var ended = await host.UntilAsync(id, run => !run.IsOpen);
        Assert.Equal((SyncOutcome.Done, left.StartedAt), (ended.Outcome, ended.StartedAt));
        // From the beginning it would have taken as many as the whole, once more.
        Assert.InRange(ended.Requests, whole.Requests, left.Requests + whole.Requests - 1);
    }

    private static Task UntilAsync(Func<Task<bool>> isSo) => Wait.UntilAsync(isSo, "It does not come to that");

    private async Task<bool> IsRefusedAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, cancellation);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<long> CountAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
