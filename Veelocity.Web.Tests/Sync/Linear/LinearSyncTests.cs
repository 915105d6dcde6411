using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator.Gate;
using Veelocity.Simulator.Linear;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Sync.Linear;

public sealed class LinearSyncTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_issue_is_stored_with_its_states_its_attachments_its_plans_and_its_people_and_a_repeat_changes_nothing()
    {
        await using var world = await LinearWorld.StartAsync();
        world.Ada.GitHubUserId = "4711";
        var project = world.Linear.Project("Checkout", world.At(0), world.Web);
        var cycle = world.Linear.Cycle(world.Web, 7, world.At(0), world.At(24 * 14));
        cycle.Scope.AddRange([5, 8]);
        var issue = world.Linear.Issue(world.Web, "Show totals", world.At(1));
        (issue.Assignee, issue.Creator, issue.Estimate, issue.Priority, issue.Cycle, issue.Project, issue.AddedToCycleAt) = (world.Ada, world.Ada, 3, 2, cycle, project, world.At(2));
        issue.DueDate = new DateOnly(2026, 3, 4);
        issue.Labels.Add("Bug");
        issue.Move(LinearState.InProgress, world.At(5));
        issue.Move(LinearState.Done, world.At(9));
        issue.Move(LinearState.InProgress, world.At(20));
        issue.Move(LinearState.Done, world.At(26));
        world.Linear.Attach(issue, "https://github.com/Acme/Web/pull/12/files?w=1", "#12", world.At(6));

        var run = Assert.Single(await world.ConnectAsync());
        Assert.True(run.Outcome == SyncOutcome.Done, run.Error);
        Assert.Empty(run.Problems);
        var stored = await world.IssueAsync("WEB-1");
        Assert.Equal(("Show totals", "Done", "completed", 2, 3d, new DateOnly(2026, 3, 4)), (stored.Title, stored.StateName, stored.StateType, stored.Priority, stored.Estimate, stored.DueDate));
        Assert.Equal((world.At(1), world.At(5), world.At(26), world.At(2)), (stored.CreatedAt, stored.StartedAt, stored.CompletedAt, stored.AddedToCycleAt));
        Assert.Equal(["Bug"], stored.Labels);
        var (team, spans, urls) = await world.ReadAsync(async db => (
            await db.IssueTeams.SingleAsync(t => t.Id == stored.IssueTeamId, Now),
            await db.IssueStateSpans.Where(s => s.IssueId == stored.Id).OrderBy(s => s.StartedAt).ToListAsync(Now),
            await db.IssueAttachments.Select(a => a.Url).ToListAsync(Now)));
        Assert.Equal(("WEB", "Web", "fibonacci", false), (team.Key, team.Name, team.EstimateScale, team.IsPrivate));
        Assert.Equal(["unstarted 1-5", "started 5-9", "completed 9-20", "started 20-26", "completed 26-"], spans.Select(s => $"{s.StateType} {(s.StartedAt - world.Then).TotalHours}-{(s.EndedAt - world.Then)?.TotalHours}"));
        Assert.Equal(["https://github.com/acme/web/pull/12"], urls);
        var ada = await world.ReadAsync(db => db.Accounts.SingleAsync(a => a.Provider == "linear", Now));
        Assert.Equal(("Ada Lovelace", "ada@acme.example", "4711"), (ada.Name, ada.Email, ada.GitHubUserId));
        Assert.Equal((ada.Id, ada.Id), (stored.AssigneeAccountId, stored.CreatorAccountId));
        Assert.Equal([ada.Id], team.MemberAccountIds);
        var scope = (await world.ReadAsync(db => db.Cycles.SingleAsync(c => c.Id == stored.CycleId, Now))).ScopeByDay;
        Assert.Equal([5d, 8], scope);
        Assert.Equal("Checkout", (await world.ReadAsync(db => db.Projects.SingleAsync(p => p.Id == stored.ProjectId, Now))).Name);

        Assert.Equal(0, (await world.SyncAsync()).ChangedRows);
        Assert.Equal(0, (await world.SyncAsync(isFull: true)).ChangedRows);
    }

    [Fact]
    public async Task An_incremental_sync_reads_what_changed_and_attachments_that_do_not_count_as_a_change()
    {
        await using var world = await LinearWorld.StartAsync();
        for (var i = 0; i < 130; i++) world.Linear.Issue(world.Web, $"Issue {i}", world.At(i));
        await world.ConnectAsync();
        Assert.Equal(130, (await world.IssuesAsync()).Count);
        var before = world.Simulator.RequestLog.All.Count(r => r.Operation == "Issues");
        Assert.Equal(3, before);

        var old = world.Linear.Find("WEB-3")!;
        old.Move(LinearState.InProgress, DateTimeOffset.UtcNow);
        world.Linear.Attach(world.Linear.Find("WEB-5")!, "https://github.com/acme/web/pull/9", "#9", DateTimeOffset.UtcNow);
        Assert.Equal(SyncOutcome.Done, (await world.SyncAsync()).Outcome);
        Assert.Equal("started", (await world.IssueAsync("WEB-3")).StateType);
        Assert.Equal(1, await world.ReadAsync(db => db.IssueAttachments.CountAsync(Now)));
        Assert.Equal(before + 1, world.Simulator.RequestLog.All.Count(r => r.Operation == "Issues"));
        Assert.Equal(0, (await world.SyncAsync()).ChangedRows);
    }

    [Fact]
    public async Task Archived_and_trashed_issues_and_people_who_left_are_read_and_words_that_are_new_are_kept()
    {
        await using var world = await LinearWorld.StartAsync();
        var archived = world.Linear.Issue(world.Web, "Old", world.At(0), LinearState.Done);
        archived.ArchivedAt = world.At(3);
        var trashed = world.Linear.Issue(world.Web, "Mistake", world.At(1));
        (trashed.IsTrashed, trashed.ArchivedAt) = (true, world.At(3));
        world.Linear.Issue(world.Web, "Odd", world.At(2), new LinearState("Parked", "hibernating"));
        var gone = world.Linear.User("Bo", "bo@acme.example", world.Then);
        (gone.IsActive, gone.ArchivedAt) = (false, world.At(1));
        world.Linear.User("Agent", "agent@linear.app", world.Then).IsApp = true;
        await world.ConnectAsync();
        Assert.Equal(world.At(3), (await world.IssueAsync("WEB-1")).ArchivedAt);
        Assert.True((await world.IssueAsync("WEB-2")).IsTrashed);
        Assert.Equal("hibernating", (await world.IssueAsync("WEB-3")).StateType);
        Assert.Equal(
            [("Ada Lovelace", AccountKind.Human), ("Agent", AccountKind.Bot), ("Bo", AccountKind.Human)],
            await world.ReadAsync(async db => (await db.Accounts.OrderBy(a => a.Name).ToListAsync(Now)).ConvertAll(a => (a.Name!, a.Kind))));
    }

    [Fact]
    public async Task An_issue_that_moved_keeps_its_row_and_one_that_was_deleted_counts_no_more_after_a_full_sync()
    {
        await using var world = await LinearWorld.StartAsync();
        for (var i = 0; i < 270; i++) world.Linear.Issue(world.Web, $"Issue {i}", world.At(i / 10));
        await world.ConnectAsync();
        var id = (await world.IssueAsync("WEB-7")).Id;
        world.Linear.Find("WEB-7")!.MoveTo(world.Pay, DateTimeOffset.UtcNow);
        world.Linear.Delete(world.Linear.Find("WEB-9")!);
        world.Linear.Delete(world.Linear.Find("WEB-260")!);
        await world.SyncAsync();
        var moved = await world.IssueAsync("PAY-1");
        Assert.Equal(id, moved.Id);
        Assert.Equal(["WEB-7"], moved.PreviousIdentifiers);
        Assert.False((await world.IssueAsync("WEB-9")).IsTrashed);

        await world.SyncAsync(isFull: true);
        Assert.True((await world.IssueAsync("WEB-9")).IsTrashed);
        Assert.True((await world.IssueAsync("WEB-260")).IsTrashed);
        Assert.Equal(268, (await world.IssuesAsync()).Count);
    }

    [Fact]
    public async Task States_labels_and_attachments_beyond_a_page_are_fetched_apart_and_those_that_went_go()
    {
        await using var world = await LinearWorld.StartAsync();
        var issue = world.Linear.Issue(world.Web, "Long", world.At(0));
        for (var i = 1; i <= 150; i++) issue.Move(i % 2 == 0 ? LinearState.InProgress : LinearState.InReview, world.At(i));
        for (var i = 0; i < 12; i++) issue.Labels.Add($"label {i:00}");
        for (var i = 0; i < 13; i++) world.Linear.Attach(issue, $"https://example.com/{i}", "a page", world.At(i));
        await world.ConnectAsync();
        Assert.Equal(151, await world.ReadAsync(db => db.IssueStateSpans.CountAsync(Now)));
        Assert.Equal(12, (await world.IssueAsync("WEB-1")).Labels.Length);
        Assert.Equal(13, await world.ReadAsync(db => db.IssueAttachments.CountAsync(Now)));

        issue.Attachments.RemoveRange(0, 5);
        issue.Touch(DateTimeOffset.UtcNow);
        await world.SyncAsync();
        Assert.Equal(8, await world.ReadAsync(db => db.IssueAttachments.CountAsync(Now)));
    }

    [Fact]
    public async Task Only_chosen_teams_are_read_and_a_private_one_only_for_its_members()
    {
        await using var world = await LinearWorld.StartAsync();
        world.Linear.Issue(world.Web, "Web", world.At(0));
        world.Linear.Attach(world.Linear.Issue(world.Pay, "Pay", world.At(0)), "https://github.com/acme/pay/pull/1", "#1", world.At(1));
        var secret = world.Linear.Team("SEC", "Security", world.Then);
        secret.Visibility = "private";
        world.Linear.Issue(secret, "Keys", world.At(0));
        await world.ConnectAsync(teams: ["web"]);
        Assert.Equal(["WEB-1"], await world.IssuesAsync());
        Assert.Equal(0, await world.ReadAsync(db => db.IssueAttachments.CountAsync(Now)));
        Assert.Equal(["PAY", "WEB"], await world.ReadAsync(db => db.IssueTeams.Select(t => t.Key).Order().ToListAsync(Now)));

        await world.Host.ConnectAsync(world.Connection.OrganizationId, "linear", "lin_api_member", [world.Pay.Id, secret.Id]);
        await world.SyncAsync(isFull: true);
        Assert.Equal(["PAY-1", "SEC-1"], await world.IssuesAsync());
        Assert.True(await world.ReadAsync(db => db.IssueTeams.Where(t => t.Key == "SEC").Select(t => t.IsPrivate).SingleAsync(Now)));
    }

    [Fact]
    public async Task A_process_killed_after_any_batch_goes_on_where_it_was_and_ends_with_the_same_rows()
    {
        var life = 0;
        await using var world = await LinearWorld.StartAsync(connector => connector.Info.Kind == "linear" ? new StoppingConnector(connector, () => ++life) : connector);
        for (var i = 0; i < 220; i++) world.Linear.Attach(world.Linear.Issue(world.Web, $"Issue {i}", world.At(i / 8d)), $"https://github.com/acme/web/pull/{i}", "#", world.At(i / 8d));
        var connected = await world.Host.FoundAndConnectAsync("linear", "lin_api_good");
        var run = connected.Runs.Single();
        for (var attempt = 0; run.IsOpen; attempt++)
        {
            Assert.True(attempt < 40, "It never ends.");
            try
            {
                run = await world.Host.RunAsync(run.Id);
            }
            catch (OperationCanceledException)
            {
                run = await world.Host.ReadAsync(run.Id);
            }
        }
        Assert.Equal(SyncOutcome.Done, run.Outcome);
        Assert.True(life > 3);
        await using var db = world.Host.Database.Open();
        Assert.Equal((220, 220, 220), (
            await db.Issues.IgnoreQueryFilters().CountAsync(Now), await db.IssueAttachments.IgnoreQueryFilters().CountAsync(Now), await db.IssueStateSpans.IgnoreQueryFilters().CountAsync(Now)));
        // A page is asked for again only when the process died before it was stored.
        Assert.InRange(world.Simulator.RequestLog.All.Count(r => r.Operation == "Issues"), 5, 12);
    }

    [Fact]
    public async Task A_limit_parks_the_run_until_the_headers_say_in_milliseconds_and_nothing_is_read_twice()
    {
        await using var world = await LinearWorld.StartAsync();
        for (var i = 0; i < 120; i++) world.Linear.Issue(world.Web, $"Issue {i}", world.At(i));
        world.Simulator.Faults.Add(new Fault(FaultKind.PrimaryLimit) { BodyContains = "query Issues", Skip = 1, Times = 1, ResetSeconds = 600 });
        var before = DateTimeOffset.UtcNow;
        var run = Assert.Single(await world.ConnectAsync());
        Assert.Null(run.Outcome);
        Assert.InRange(run.ParkedUntil!.Value, before.AddSeconds(599), DateTimeOffset.UtcNow.AddSeconds(601));
        Assert.Equal(SyncOutcome.Done, (await world.Host.RunAsync(run.Id)).Outcome);
        Assert.Equal(120, (await world.IssuesAsync()).Count);
        Assert.Equal(1, world.Simulator.RequestLog.All.Count(r => r.Operation == "Users"));

        // An answer that says that nothing is left is believed: the next question is not asked.
        world.Simulator.Linear.RequestsLeft = 3;
        var asked = world.Simulator.RequestLog.All.Count;
        before = DateTimeOffset.UtcNow;
        run = await world.SyncAsync();
        Assert.InRange(run.ParkedUntil!.Value, before.AddMinutes(29.9), DateTimeOffset.UtcNow.AddMinutes(30.1));
        Assert.Equal(3, world.Simulator.RequestLog.All.Count - asked);
    }

    [Theory]
    [InlineData(FaultKind.ServerError, 1, SyncOutcome.Done)]
    [InlineData(FaultKind.BadGateway, 2, SyncOutcome.Done)]
    [InlineData(FaultKind.Disconnect, 1, SyncOutcome.Done)]
    [InlineData(FaultKind.TokenRevoked, 1, SyncOutcome.Unauthorized)]
    [InlineData(FaultKind.PartialData, 1, SyncOutcome.Done)]
    [InlineData(FaultKind.MalformedJson, 2, SyncOutcome.Done)]
    [InlineData(FaultKind.MissingPermission, 1, SyncOutcome.Done)]
    public async Task Passing_trouble_is_ridden_out_and_other_trouble_has_a_name(FaultKind kind, int times, SyncOutcome outcome)
    {
        await using var world = await LinearWorld.StartAsync();
        for (var i = 0; i < 60; i++) world.Linear.Issue(world.Web, $"Issue {i}", world.At(i));
        world.Simulator.Faults.Add(new Fault(kind) { BodyContains = "query Issues", Times = times });
        var run = Assert.Single(await world.ConnectAsync());
        Assert.Equal(outcome, run.Outcome);
        // Whatever it was, the next sync has it all.
        if (outcome == SyncOutcome.Unauthorized) Assert.NotNull((await world.Host.ReadAsync(world.Connection)).RefusedAt);
        else await world.SyncAsync();
        if (outcome != SyncOutcome.Unauthorized) Assert.Equal(60, (await world.IssuesAsync()).Count);
    }

    [Theory]
    [InlineData("lin_api_wrong", "does not accept")]
    [InlineData("lin_oauth_unknown", "does not accept")]
    [InlineData("not a key", "characters that no key has")]
    public async Task A_refused_key_is_not_kept(string key, string words)
    {
        await using var world = await LinearWorld.StartAsync();
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => world.Host.FoundAndConnectAsync("linear", key));
        Assert.Equal(ConnectorFault.TokenWrong, refused.Fault);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_goes_out_bare_also_when_it_was_pasted_with_Bearer()
    {
        await using var world = await LinearWorld.StartAsync();
        Assert.Equal(SyncOutcome.Done, Assert.Single(await world.ConnectAsync("Bearer lin_api_good")).Outcome);
        world.Simulator.Faults.Add(new Fault(FaultKind.TokenRevoked) { Status = 400, Token = "lin_api_good" });
        Assert.Equal(SyncOutcome.Unauthorized, (await world.SyncAsync()).Outcome);
    }
}
