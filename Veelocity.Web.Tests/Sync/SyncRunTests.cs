using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Sync;

namespace Veelocity.Web.Tests.Sync;

public sealed class SyncRunTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connector_that_is_merely_registered_is_synced()
    {
        await using var host = await SyncHost.StartAsync(added: new ScriptedConnector(4));
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);

        var run = Assert.Single(await host.RunAllAsync(connected.Runs));

        Assert.Equal((SyncOutcome.Done, 4, 8, 4), (run.Outcome, run.Requests, run.Points, run.DoneItems));
        Assert.Equal((4, 12), (run.Items["repositories"], run.Items["pull_requests"]));
        var counts = await host.CountAsync(connected.Connection.OrganizationId);
        Assert.Equal((4, 12, 12), (counts["repositories"], counts["pull_requests"], counts["reviews"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_interrupted_run_goes_on_behind_the_last_stored_batch(int interruptedAt)
    {
        var connector = new ScriptedConnector(4);
        await using var host = await SyncHost.StartAsync(added: connector);
        var undisturbed = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        await host.RunAllAsync(undisturbed.Runs);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        connector.Before = step => step == interruptedAt ? throw new OperationCanceledException() : Task.CompletedTask;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.RunAsync(connected.Runs[0].Id));
        Assert.True((await host.ReadAsync(connected.Runs[0].Id)).IsOpen);
        connector.Before = _ => Task.CompletedTask;
        var run = await host.RunAsync(connected.Runs[0].Id);

        Assert.Equal([0, 0, interruptedAt], connector.Starts);
        Assert.Equal((SyncOutcome.Done, 4), (run.Outcome, run.Requests));
        Assert.Equal(
            await host.ContentsAsync(undisturbed.Connection.OrganizationId),
            await host.ContentsAsync(connected.Connection.OrganizationId));
    }

    [Fact]
    public async Task A_batch_that_cannot_be_stored_leaves_neither_rows_nor_cursor()
    {
        await using var host = await SyncHost.StartAsync(added: new ScriptedConnector(4) { IsPatient = true });
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        await using var db = host.Database.Open();
        await db.Database.ExecuteSqlAsync($"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.value = ''3'' THEN RAISE ''no''; END IF; RETURN NEW; END';
            CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON sync_cursors FOR EACH ROW EXECUTE FUNCTION refuse()
            """, cancellation);

        var run = await host.RunAsync(connected.Runs[0].Id);

        Assert.Equal(SyncOutcome.Failed, run.Outcome);
        Assert.Equal(2, (await host.CountAsync(connected.Connection.OrganizationId))["repositories"]);
        Assert.Equal("2", await db.SyncCursors.IgnoreQueryFilters().Select(cursor => cursor.Value).SingleAsync(cancellation));
    }

    [Fact]
    public async Task A_limit_parks_the_run_until_it_is_lifted()
    {
        var time = new FakeTimeProvider(Sample.At);
        var until = Sample.At.AddMinutes(40);
        var connector = new ScriptedConnector(4)
        {
            Before = step => step == 2 && time.GetUtcNow() < until
                ? throw new ConnectorException(ConnectorFault.RateLimited, "Too many requests.", until)
                : Task.CompletedTask,
        };
        await using var host = await SyncHost.StartAsync(added: connector, time: time);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        await host.StartWorkerAsync();

        var parked = await host.UntilAsync(connected.Runs[0].Id, run => run.ParkedUntil is not null);
        Assert.Equal((until, "Too many requests.", true), (parked.ParkedUntil, parked.Error, parked.IsOpen));
        for (var minute = 0; minute < 39; minute++) time.Advance(TimeSpan.FromMinutes(1));
        await Task.Delay(300, cancellation);
        Assert.Equal(1, connector.Fetches);

        var done = await host.UntilAsync(connected.Runs[0].Id, run => !run.IsOpen, () => time.Advance(TimeSpan.FromSeconds(20)));
        Assert.Equal((SyncOutcome.Done, null), (done.Outcome, done.Error));
        Assert.InRange(done.FinishedAt!.Value, until, until.AddMinutes(10));
        Assert.Equal([0, 2], connector.Starts);
    }

    [Fact]
    public async Task A_refused_token_ends_the_run_marks_the_connection_and_the_schedule_leaves_it_alone()
    {
        var connector = new ScriptedConnector(4) { Before = _ => throw new ConnectorException(ConnectorFault.TokenExpired, "The token has expired.") };
        var time = new FakeTimeProvider(Sample.At);
        await using var host = await SyncHost.StartAsync(added: connector, time: time);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        var healthy = await host.FoundAndConnectAsync(ScriptedConnector.Kind);

        var run = await host.RunAsync(connected.Runs[0].Id);
        connector.Before = _ => Task.CompletedTask;
        await host.RunAsync(healthy.Runs[0].Id);

        Assert.Equal((SyncOutcome.Unauthorized, "The token has expired."), (run.Outcome, run.Error));
        var connection = await host.ReadAsync(connected.Connection);
        Assert.Equal(("The token has expired.", true), (connection.RefusedReason, connection.RefusedAt is not null));
        time.Advance(TimeSpan.FromMinutes(16));
        await host.UseAsync(async (ScheduledSync schedule) =>
        {
            await schedule.Invoke();
            return true;
        });
        await using var db = host.Database.Open();
        var open = await db.SyncRuns.IgnoreQueryFilters().Where(r => r.FinishedAt == null).ToListAsync(cancellation);
        Assert.Equal([(healthy.Connection.Id, SyncTrigger.Schedule)], open.Select(r => (r.ConnectionId, r.Trigger)));

        await host.ConnectAsync(connection.OrganizationId, ScriptedConnector.Kind, "a better token");
        Assert.Null((await host.ReadAsync(connected.Connection)).RefusedAt);
    }

    [Fact]
    public async Task A_part_that_cannot_be_read_is_noted_and_the_rest_goes_on()
    {
        var connector = new ScriptedConnector(4) { ProblemInBatch1 = new ScopeProblem("acme/web", ConnectorFault.MissingPermission, "No access.") };
        await using var host = await SyncHost.StartAsync(added: connector);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);

        var run = await host.RunAsync(connected.Runs[0].Id);

        Assert.Equal(SyncOutcome.Done, run.Outcome);
        Assert.Equal([new SyncProblem("acme/web", "missing_permission", "No access.")], (await host.ReadAsync(run.Id)).Problems);
        Assert.Equal(3, (await host.CountAsync(connected.Connection.OrganizationId))["repositories"]);
    }

    [Fact]
    public async Task Cancelling_stops_after_the_batch_in_hand()
    {
        var connector = new ScriptedConnector(4) { IsPatient = true };
        await using var host = await SyncHost.StartAsync(added: connector);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        var (organizationId, runId) = (connected.Connection.OrganizationId, connected.Runs[0].Id);
        connector.Before = async step =>
        {
            if (step != 1) return;
            Assert.False(await host.UseAsync((SyncRequests requests) => requests.CancelAsync(Guid.CreateVersion7(), runId, cancellation)));
            Assert.True(await host.UseAsync((SyncRequests requests) => requests.CancelAsync(organizationId, runId, cancellation)));
        };

        var run = await host.RunAsync(runId);

        Assert.Equal((SyncOutcome.Cancelled, false), (run.Outcome, run.IsOpen));
        Assert.Equal(2, (await host.CountAsync(organizationId))["repositories"]);
    }

    [Fact]
    public async Task Asking_twice_joins_the_run_that_is_open()
    {
        await using var host = await SyncHost.StartAsync(added: new ScriptedConnector(1));
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        var open = connected.Runs[0].Id;

        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.RequestAsync(connected.Connection)));
        Assert.All(asked, runs => Assert.Equal([open], runs.Select(run => run.Id)));

        await host.RunAsync(open);
        Assert.NotEqual(open, (await host.RequestAsync(connected.Connection))[0].Id);
    }

    [Fact]
    public async Task A_database_that_goes_away_leaves_the_run_open_and_it_goes_on_later()
    {
        var connector = new ScriptedConnector(4) { IsPatient = true };
        await using var host = await SyncHost.StartAsync(added: connector);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        var isCut = false;
        connector.Before = async step =>
        {
            if (step != 2 || isCut) return;
            isCut = true;
            await using var db = host.Database.Open();
            await db.Database.ExecuteSqlAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", cancellation);
        };

        await Assert.ThrowsAnyAsync<Exception>(() => host.RunAsync(connected.Runs[0].Id));
        NpgsqlConnection.ClearAllPools();
        Assert.True((await host.ReadAsync(connected.Runs[0].Id)).IsOpen);
        var run = await host.RunAsync(connected.Runs[0].Id);

        Assert.Equal(SyncOutcome.Done, run.Outcome);
        Assert.Equal([0, 2], connector.Starts);
        Assert.Equal(4, (await host.CountAsync(connected.Connection.OrganizationId))["repositories"]);
    }

    [Fact]
    public async Task Disconnecting_erases_the_token_ends_open_runs_and_keeps_what_was_read()
    {
        var connector = new ScriptedConnector(2);
        await using var host = await SyncHost.StartAsync(added: connector);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        await host.RunAsync(connected.Runs[0].Id);
        var open = (await host.RequestAsync(connected.Connection))[0];

        Assert.True(await host.UseAsync((Connections connections) =>
            connections.DisconnectAsync(connected.Connection.OrganizationId, ScriptedConnector.Kind, cancellation)));

        Assert.Null((await host.ReadAsync(connected.Connection)).ProtectedSecret);
        Assert.Equal(SyncOutcome.Cancelled, (await host.RunAsync(open.Id)).Outcome);
        Assert.Equal(1, connector.Fetches);
        Assert.Empty(await host.RequestAsync(connected.Connection));
        Assert.Equal(2, (await host.CountAsync(connected.Connection.OrganizationId))["repositories"]);
    }

    [Fact]
    public async Task Cancelling_does_not_wait_for_a_provider_that_is_silent()
    {
        var connector = new ScriptedConnector(4) { IsPatient = true };
        await using var host = await SyncHost.StartAsync(added: connector);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);
        connector.Before = step => step == 2 ? Task.Delay(Timeout.Infinite, connector.Stopping) : Task.CompletedTask;
        await host.StartWorkerAsync();
        await host.UntilAsync(connected.Runs[0].Id, run => run.DoneItems == 2);

        await host.UseAsync((SyncRequests requests) => requests.CancelAsync(connected.Connection.OrganizationId, connected.Runs[0].Id, cancellation));

        var run = await host.UntilAsync(connected.Runs[0].Id, run => !run.IsOpen);
        Assert.Equal((SyncOutcome.Cancelled, 2), (run.Outcome, run.Items["repositories"]));
        Assert.Equal(2, (await host.CountAsync(connected.Connection.OrganizationId))["repositories"]);
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_is_listed_and_all_others_are_stored()
    {
        var connector = new ScriptedConnector(3)
        {
            More = step => step == 1 ? [Sample.PullRequest("repository-1", 77, "A title with a \0 in it"), Sample.PullRequest("repository-1", 78)] : [],
        };
        await using var host = await SyncHost.StartAsync(added: connector);
        var connected = await host.FoundAndConnectAsync(ScriptedConnector.Kind);

        var run = await host.RunAsync(connected.Runs[0].Id);

        Assert.Equal(SyncOutcome.Done, run.Outcome);
        var problem = Assert.Single(run.Problems);
        Assert.Equal(("acme/repository-1", "malformed"), (problem.Scope, problem.Cause));
        Assert.StartsWith("Pull request #77 could not be stored", problem.Message, StringComparison.Ordinal);
        var counts = await host.CountAsync(connected.Connection.OrganizationId);
        Assert.Equal((3, 10), (counts["repositories"], counts["pull_requests"]));
        await using var db = host.Database.Open();
        Assert.Equal("3", await db.SyncCursors.IgnoreQueryFilters().Select(cursor => cursor.Value).SingleAsync(cancellation));
    }
}
