using Microsoft.EntityFrameworkCore;
using Veelocity.Simulator.Gate;
using Veelocity.Web.Connectors;
using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Linking.Incidents.Chat;

namespace Veelocity.Web.Tests.Sync.Slack;

public sealed class SlackSyncTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversations_become_incidents_with_their_timeline_and_a_repeat_changes_nothing()
    {
        await using var world = await TalkAsync();
        var run = Assert.Single(await world.ConnectAsync());
        Assert.True(run.Outcome == SyncOutcome.Done, run.Error);
        Assert.Equal("0-30 Incident: checkout fails (sev1) | 100-140 Down | 200-? outage of the search", await world.TextAsync());
        var first = (await world.FoundAsync())[0];
        Assert.Equal((IncidentSeverity.Critical, "slack"), (first.Severity, first.Source));
        Assert.StartsWith("https://acme.slack.example/archives/", first.Url, StringComparison.Ordinal);
        var timeline = await world.ReadAsync(db => db.IncidentEvents.Where(e => e.IncidentId == first.Id).OrderBy(e => e.At).Select(e => new { e.Kind, e.Actor }).ToListAsync(Now));
        Assert.Equal(
            [(IncidentEventKind.Started, "Ada Lovelace"), (IncidentEventKind.Acknowledged, "Bo Diddley"), (IncidentEventKind.Resolved, "Bo Diddley")],
            timeline.Select(e => (e.Kind, e.Actor)));
        Assert.Equal(2, await world.ReadAsync(db => db.Accounts.CountAsync(a => a.Provider == "slack" && a.Email != null && a.PersonId != null, Now)));

        var again = Assert.Single(await world.SyncAsync());
        Assert.Equal(0, again.ChangedRows);
        Assert.Equal("0-30 Incident: checkout fails (sev1) | 100-140 Down | 200-? outage of the search", await world.TextAsync());
    }

    [Fact]
    public async Task Answers_to_old_messages_edits_and_deletions_are_found_by_the_next_sync()
    {
        await using var world = await TalkAsync();
        var alert = world.Slack.Alert(world.Alerts, "PagerDuty", world.At(300), "Triggered: web is down", link: "https://acme.pagerduty.com/incidents/Q9");
        var mistake = world.Slack.Say(world.Incidents, world.Ada, world.At(400), "outage, I think");
        await world.ConnectAsync();
        var before = await world.FoundAsync();
        world.Slack.Say(world.Incidents, world.Bo, world.At(500), "fixed", world.Incidents.Messages.Single(m => m.Text.StartsWith("outage of", StringComparison.Ordinal)));
        world.Slack.Edit(world.Alerts, alert, world.At(330), "Resolved: web is down");
        world.Slack.Delete(world.Incidents, mistake);
        await world.SyncAsync();
        Assert.Equal("0-30 Incident: checkout fails (sev1) | 100-140 Down | 200-500 outage of the search | 300-330 web is down", await world.TextAsync());
        Assert.Subset(before.Select(i => i.Id).ToHashSet(), (await world.FoundAsync()).Select(i => i.Id).ToHashSet());
        Assert.Equal(2, await world.ReadAsync(db => db.ChatMessages.CountAsync(m => m.Ts == alert.Ts, Now)));
    }

    [Fact]
    public async Task Pages_of_fifteen_and_a_request_at_a_time_come_to_the_same()
    {
        await using var world = await TalkAsync();
        for (var minute = 0; minute < 70; minute++) world.Slack.Say(world.Incidents, world.Ada, world.At(1000 + minute), "chatter");
        var thread = world.Slack.Say(world.Incidents, world.Ada, world.At(2000), "outage of mail");
        for (var minute = 1; minute < 40; minute++) world.Slack.Say(world.Incidents, world.Bo, world.At(2000 + minute), "still at it", thread);
        world.Slack.Say(world.Incidents, world.Bo, world.At(2040), "resolved", thread);
        (world.Slack.MostMessages, world.Slack.HistoryBudget, world.Slack.HasEmptyPages) = (15, 1, true);
        var run = Assert.Single(await world.ConnectAsync());
        var parked = 0;
        for (; run.Outcome is null; parked++)
        {
            Assert.NotNull(run.ParkedUntil);
            Assert.True(parked < 60, "It never ends.");
            run = await world.Host.RunAsync(run.Id);
        }
        Assert.Equal(SyncOutcome.Done, run.Outcome);
        Assert.True(parked > 5);
        Assert.EndsWith("2000-2040 outage of mail", await world.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(world.Incidents.Messages.Count, await world.ReadAsync(db => db.ChatMessages.CountAsync(m => m.At < world.At(100_000) && m.AppId == null, Now)));
    }

    [Fact]
    public async Task A_limit_parks_the_run_until_slack_says()
    {
        await using var world = await TalkAsync();
        world.Simulator.Faults.Add(new Fault(FaultKind.PrimaryLimit) { PathContains = "conversations.list", RetryAfterSeconds = 77, Skip = 1, Times = 1 });
        var before = DateTimeOffset.UtcNow;
        var run = Assert.Single(await world.ConnectAsync());
        Assert.Null(run.Outcome);
        Assert.InRange(run.ParkedUntil!.Value, before.AddSeconds(76), DateTimeOffset.UtcNow.AddSeconds(78));
        Assert.Equal(SyncOutcome.Done, (await world.Host.RunAsync(run.Id)).Outcome);
    }

    [Fact]
    public async Task What_a_channel_refuses_is_told_with_what_to_do_and_the_others_are_read()
    {
        await using var world = await TalkAsync();
        world.Slack.Channel("inc-closed", world.Then, isMember: false);
        var run = Assert.Single(await world.ConnectAsync());
        Assert.Equal(SyncOutcome.Done, run.Outcome);
        Assert.Contains(run.Problems, p => p.Scope == "#inc-closed" && p.Message.Contains("/invite", StringComparison.Ordinal));
        Assert.Contains("/invite", await world.ReadAsync(db => db.ChatChannels.Where(c => c.Name == "inc-closed").Select(c => c.Problem).SingleAsync(Now)), StringComparison.Ordinal);
        Assert.Equal(3, (await world.FoundAsync()).Count);
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        await using var world = await TalkAsync();
        var run = Assert.Single(await world.ConnectAsync("xoxb-nohistory"));
        Assert.Contains(run.Problems, p => p.Message.Contains("channels:history", StringComparison.Ordinal));
        Assert.Empty(await world.FoundAsync());
    }

    [Theory]
    [InlineData("xoxb-wrong", ConnectorFault.TokenWrong)]
    [InlineData("xoxb-revoked", ConnectorFault.TokenWrong)]
    [InlineData("xoxb-expired", ConnectorFault.TokenExpired)]
    [InlineData("xoxp-person", ConnectorFault.TokenWrong)]
    [InlineData("xoxb-noread", ConnectorFault.MissingPermission)]
    public async Task A_refused_token_is_not_kept(string token, ConnectorFault fault)
    {
        await using var world = await SlackWorld.StartAsync();
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => world.Host.FoundAndConnectAsync("slack", token));
        Assert.Equal(fault, refused.Fault);
    }

    [Fact]
    public async Task A_token_revoked_meanwhile_stops_the_schedule_and_passing_trouble_does_not()
    {
        await using var world = await TalkAsync();
        await world.ConnectAsync();
        world.Simulator.Faults.Add(new Fault(FaultKind.ServerError) { PathContains = "auth.test", Times = 1 });
        Assert.Equal(SyncOutcome.Done, Assert.Single(await world.SyncAsync()).Outcome);
        world.Simulator.Faults.Add(new Fault(FaultKind.TokenRevoked));
        Assert.Equal(SyncOutcome.Unauthorized, Assert.Single(await world.SyncAsync()).Outcome);
        Assert.NotNull((await world.Host.ReadAsync(world.Connection)).RefusedAt);
    }

    [Fact]
    public async Task What_a_person_set_stays_whatever_is_said_later()
    {
        await using var world = await TalkAsync();
        await world.ConnectAsync();
        var open = (await world.FoundAsync()).Single(i => i.IsOpen);
        await using (var db = world.Host.Database.Open())
        {
            var stored = await db.Incidents.IgnoreQueryFilters().SingleAsync(i => i.Id == open.Id, Now);
            stored.Severity = IncidentSeverity.Low;
            stored.Resolve(world.At(210));
            stored.KeepAsSet(nameof(Incident.Severity), nameof(Incident.ResolvedAt));
            await db.SaveChangesAsync(Now);
        }
        var parent = world.Incidents.Messages.Single(m => m.Text.StartsWith("outage of", StringComparison.Ordinal));
        world.Slack.Say(world.Incidents, world.Bo, world.At(250), "this is sev1! resolved now", parent);
        await world.SyncAsync();
        var kept = (await world.FoundAsync()).Single(i => i.Id == open.Id);
        Assert.Equal((IncidentSeverity.Low, world.At(210)), (kept.Severity, kept.ResolvedAt));

        // Even when no rule finds it any more.
        await world.Host.UseAsync(async (ChatIncidents chat) =>
        {
            await chat.ChangeRulesAsync(world.Connection.OrganizationId, new IncidentRuleSet { StartKeywords = ["catastrophe"] }, AuditActor.Veelocity with { UserId = Guid.CreateVersion7() }, Now);
            return true;
        });
        await world.Host.UseAsync(async (Veelocity.Web.Sync.AfterSync after) =>
        {
            await after.LinkAsync(world.Connection.OrganizationId, Now);
            return true;
        });
        Assert.Equal("100-140 Down | 200-210 outage of the search", await world.TextAsync());
    }

    [Fact]
    public async Task A_second_organization_has_its_own_channels_messages_and_incidents()
    {
        await using var world = await TalkAsync();
        await world.ConnectAsync();
        var (mine, other) = (world.Connection, await world.Host.FoundAndConnectAsync("slack", "xoxb-good"));
        await world.Host.RunAsync(other.Runs[0].Id);
        await using var db = world.Host.Database.Open();
        var owners = await db.Incidents.IgnoreQueryFilters().GroupBy(i => i.OrganizationId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(Now);
        Assert.Equal([3, 3], owners.Select(o => o.Count));
        Assert.Equal(6, await db.Incidents.IgnoreQueryFilters().Select(i => i.Id).Distinct().CountAsync(Now));
        Assert.Equal(
            await db.ChatMessages.IgnoreQueryFilters().CountAsync(m => m.OrganizationId == mine.OrganizationId, Now),
            await db.ChatMessages.IgnoreQueryFilters().CountAsync(m => m.OrganizationId == other.Connection.OrganizationId, Now));
    }

    [Fact]
    public async Task A_run_that_stopped_half_way_goes_on_behind_its_last_batch()
    {
        await using var world = await TalkAsync();
        world.Simulator.Faults.Add(new Fault(FaultKind.SecondaryLimit) { PathContains = "conversations.history", Skip = 1, Times = 1 });
        var run = Assert.Single(await world.ConnectAsync());
        Assert.Null(run.Outcome);
        var asked = world.Simulator.RequestLog.All.Count(r => r.Operation == "users.list");
        Assert.Equal(SyncOutcome.Done, (await world.Host.RunAsync(run.Id)).Outcome);
        Assert.Equal(asked, world.Simulator.RequestLog.All.Count(r => r.Operation == "users.list"));
        Assert.Equal(3, (await world.FoundAsync()).Count);
    }

    private static async Task<SlackWorld> TalkAsync()
    {
        var world = await SlackWorld.StartAsync();
        var (slack, incidents, alerts) = (world.Slack, world.Incidents, world.Alerts);
        slack.Notice(incidents, world.Ada, world.At(-10), "channel_join", "has joined the channel");
        var start = slack.Say(incidents, world.Ada, world.At(0), "Incident: checkout fails (sev1)");
        slack.Say(incidents, world.Bo, world.At(5), "looking into it", start);
        slack.Say(incidents, world.Bo, world.At(30), "Resolved", start);
        slack.Alert(alerts, "Grafana", world.At(100), "[FIRING:1] Down", footer: "Grafana v11");
        slack.Alert(alerts, "Grafana", world.At(140), "[RESOLVED] Down", footer: "Grafana v11");
        slack.Say(incidents, world.Ada, world.At(200), "outage of the search");
        return world;
    }
}
