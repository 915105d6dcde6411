using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Linking.Incidents.Chat;

public sealed class IncidentFinderTests
{
    [Fact]
    public void A_keyword_starts_it_and_a_word_in_the_thread_ends_it() =>
        Assert.Equal("0-30 Incident: checkout fails", new Talk().Say(0, "Incident: checkout fails").Say(5, "looking", 0).Say(30, "Resolved.", 0).Found());

    [Theory]
    [InlineData("is it resolved?")]
    [InlineData("not resolved yet")]
    [InlineData("this isn't fixed")]
    [InlineData("unresolved so far")]
    [InlineData("once it is back, tell me. if fixed we go home")]
    public void A_question_or_a_denial_ends_nothing(string said) =>
        Assert.Equal("0-? outage of the shop", new Talk().Say(0, "outage of the shop").Say(5, said, 0).Found());

    [Theory]
    [InlineData("Who is on call?")]
    [InlineData("The outages page is nice")]
    [InlineData("is the shop an outage?")]
    public void Talk_without_a_keyword_makes_nothing(string said)
    {
        var talk = new Talk().Say(0, said).Say(1, "has joined", subtype: "channel_join").Alert(2, "Backup", "Done");
        Assert.Equal("", talk.Found());
        Assert.Equal(3, talk.Ignored.Values.Sum());
        Assert.Equal(1, talk.Ignored["Backup: no alert rule fits"]);
    }

    [Fact]
    public void Reactions_start_take_on_and_end_it_with_the_times_of_their_events()
    {
        var found = Assert.Single(new Talk().Say(0, "500s everywhere, p1").React(0, 1, "fire").React(0, 3, "eyes").React(0, 40, "white_check_mark").Find());
        Assert.Equal((Talk.At(0), Talk.At(3), Talk.At(40), IncidentSeverity.Critical), (found.Report.StartedAt, found.Report.AcknowledgedAt, found.Report.ResolvedAt, found.Report.Severity));
        Assert.Equal("Bo", found.Events.Single(e => e.Kind == IncidentEventKind.Resolved).Actor);
    }

    [Fact]
    public void M23_a_check_mark_without_a_time_ends_it_with_the_last_word_of_the_thread()
    {
        Assert.Equal("0-20 outage", new Talk().Say(0, "outage", reactions: ["white_check_mark:U2"]).Say(20, "quiet now", 0).Found());
        Assert.Equal("0-30 outage",
            new Talk().Say(0, "outage", reactions: ["white_check_mark:U2"]).Say(30, "resolved", 0).Say(40,
            "write-up tomorrow", 0).Found());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("looking into it")]
    [InlineData("should be fixed soon")]
    [InlineData("who is on call?")]
    public void M23_a_check_mark_without_a_word_of_the_end_ends_it_at_an_unknown_time(string? word)
    {
        var talk = new Talk().Say(0, "outage", reactions: ["white_check_mark:U2"]);
        if (word is not null) talk.Say(5, word, 0);
        var report = Assert.Single(talk.Find()).Report;
        Assert.Equal((null, true), (report.ResolvedAt, report.HasUnknownEnd));
    }

    [Fact]
    public void M23_a_check_mark_on_a_channel_s_first_message_or_on_an_alert_ends_it_at_an_unknown_time()
    {
        var channel = new Talk("inc-8-orders").Say(1, "orders are stuck", reactions: ["white_check_mark:U2"]).Say(5,
            "looking into it", reactions: ["white_check_mark:U2"]);
        Assert.True(Assert.Single(channel.Find()).Report.HasUnknownEnd);
        Assert.Equal("-1-? orders are stuck",
            new Talk("inc-8-orders").Say(1, "orders are stuck").Say(5, "looking into it",
            reactions: ["white_check_mark:U2"]).Found());
        Assert.False(new Talk("inc-8-orders").Say(1, "orders are stuck").Say(5, "looking into it",
            reactions: ["white_check_mark:U2"]).Find()[0].Report.HasUnknownEnd);
    }

    [Theory]
    [InlineData("✅")]
    [InlineData(":white_check_mark:")]
    [InlineData(":heavy_check_mark: :tada:")]
    public void M23_a_check_mark_that_is_all_an_answer_says_ends_it_with_the_answer(string mark)
    {
        Assert.Equal("0-30 outage", new Talk().Say(0, "outage").Say(30, mark, 0).Found());
        Assert.Equal("-1-30 orders are stuck", new Talk("inc-8-orders").Say(1, "orders are stuck").Say(30, mark).Found());
        Assert.Equal("0-? outage", new Talk().Say(0, "outage").Say(30, $"{mark} database, cache next", 0).Found());
    }

    [Fact]
    public void A_reaction_that_was_taken_off_counts_no_more() =>
        Assert.Equal("0-? outage", new Talk().Say(0, "outage", reactions: ["white_check_mark:U2"]).Say(3, "hm", 0)
            .React(0, 5, "white_check_mark").React(0, 6, "white_check_mark", removed: true).Found());

    [Fact]
    public void Opened_again_within_a_day_it_is_the_same_incident() =>
        Assert.Equal("0-90 outage", new Talk().Say(0, "outage").Say(10, "resolved", 0).Say(60, "outage again", 0).Say(90, "fixed", 0).Found());

    [Fact]
    public void A_word_beside_the_threads_ends_the_one_before_it() =>
        Assert.Equal("0-30 outage of web | 50-? outage of api", new Talk().Say(0, "outage of web").Say(30, "all clear").Say(50, "outage of api").Found());

    [Fact]
    public void Deleted_messages_were_never_said()
    {
        Assert.Equal("", new Talk().Say(0, "outage", deleted: true).Say(10, "resolved", 0).Found());
        Assert.Equal("0-? outage", new Talk().Say(0, "outage").Say(10, "resolved", 0, deleted: true).Found());
    }

    [Theory]
    [InlineData("Grafana")]
    [InlineData("AlertManager")]
    public void What_fires_and_what_is_resolved_are_paired_by_title(string bot) =>
        Assert.Equal("0-25 HighErrorRate checkout | 5-? Latency checkout", new Talk("alerts")
            .Alert(0, bot, "[FIRING:1] HighErrorRate checkout").Alert(5, bot, "[FIRING:2] Latency checkout").Alert(25, bot, "[RESOLVED] HighErrorRate checkout").Found());

    [Fact]
    public void Flapping_within_a_day_is_one_incident_and_later_another() =>
        Assert.Equal("0-40 Down | 3000-3010 Down", new Talk("alerts")
            .Alert(0, "Grafana", "[FIRING:1] Down").Alert(10, "Grafana", "[RESOLVED] Down").Alert(20, "Grafana", "[FIRING:1] Down").Alert(40, "Grafana", "[RESOLVED] Down")
            .Alert(3000, "Grafana", "[FIRING:1] Down").Alert(3010, "Grafana", "[RESOLVED] Down").Found());

    [Fact]
    public void An_alert_edited_in_place_keeps_each_state_that_was_seen()
    {
        const string Link = "https://acme.pagerduty.com/incidents/Q1";
        var talk = new Talk("alerts").Alert(0, "PagerDuty", "Triggered: web is down", Link)
            .Alert(0, "PagerDuty", "Acknowledged: web is down", Link, edited: 4).Alert(0, "PagerDuty", "Resolved: web is down", Link, edited: 30);
        var found = Assert.Single(talk.Find());
        Assert.Equal((Talk.At(0), Talk.At(4), Talk.At(30)), (found.Report.StartedAt, found.Report.AcknowledgedAt, found.Report.ResolvedAt));
    }

    [Fact]
    public void An_alert_seen_only_after_its_edit_began_when_it_was_posted() =>
        Assert.Equal("0-30 web is down", new Talk("alerts").Alert(0, "PagerDuty", "Resolved: web is down", "https://acme.pagerduty.com/incidents/Q1", edited: 30).Found());

    [Fact]
    public void An_end_without_a_start_makes_nothing()
    {
        var talk = new Talk("alerts").Alert(5, "Grafana", "[RESOLVED] Down");
        Assert.Equal("", talk.Found());
        Assert.Equal(1, talk.Ignored["Grafana: an end without a start"]);
    }

    [Theory]
    [InlineData("Grafana")]
    [InlineData("AlertManager")]
    public void M23_an_alert_group_is_one_incident_whatever_its_title_lists(string bot)
    {
        Assert.Equal("0-30 HighLatency shop (api-7 eu-1 warning)",
            new Talk("alerts").Alert(0, bot, "[FIRING:1] HighLatency shop (api-7 eu-1 warning)")
            .Alert(5, bot, "[FIRING:2] HighLatency shop (eu-1 warning)").Alert(9, bot,
                "[FIRING:1, RESOLVED:1] HighLatency shop (eu-1 warning)")
            .Alert(30, bot, "[RESOLVED] HighLatency shop (eu-1 warning)").Found());
        Assert.Equal("0-8 HighLatency shop (eu-1) | 1-? HighLatency blog (eu-1)",
            new Talk("alerts").Alert(0, bot, "[FIRING:1] HighLatency shop (eu-1)")
            .Alert(1, bot, "[FIRING:1] HighLatency blog (eu-1)").Alert(8, bot,
                "[RESOLVED] HighLatency shop (eu-1)").Found());
    }

    [Fact]
    public void M23_a_monitor_of_several_hosts_ends_with_the_last_of_them()
    {
        const string Monitor = "https://app.datadoghq.com/monitors/12?group=host%3A";
        Assert.Equal("0-30 [ on {host:a}] CPU is high on a",
            new Talk("alerts").Alert(0, "Datadog", "[Triggered on {host:a}] CPU is high on a", Monitor + "a&from_ts=1")
            .Alert(5, "Datadog", "[Triggered on {host:b}] CPU is high on b", Monitor + "b&from_ts=2").Alert(9,
                "Datadog", "[Recovered on {host:a}] CPU is 20%", Monitor + "a&from_ts=3")
            .Alert(30, "Datadog", "[Recovered on {host:b}] CPU is 30%", Monitor + "b").Found());
    }

    [Theory]
    [InlineData("Datadog", "Triggered: disk full", "Recovered: disk full", "https://app.datadoghq.eu/monitors/12")]
    [InlineData("Datadog", "Triggered: disk full", "Recovered: disk full", "https://app.datadoghq.com/monitors/12")]
    [InlineData("Opsgenie", "New alert: disk full", "Alert closed: disk full", "https://acme.app.opsgenie.com/alert/detail/ab-12/details")]
    public void Shipped_rules_read_other_bots(string bot, string open, string end, string link) =>
        Assert.Equal((Talk.At(0), (DateTimeOffset?)Talk.At(9)), new Talk("alerts").Alert(0, bot, open, link).Alert(9, bot, end, link).Find().Select(i => (i.Report.StartedAt, i.Report.ResolvedAt)).Single());

    [Fact]
    public void A_channel_of_its_own_is_one_incident_from_its_opening_to_the_word_or_the_archive()
    {
        Assert.Equal("-1-40 orders are stuck", new Talk("inc-0302-orders").Say(1, "orders are stuck").Say(40, "Resolved, all good").Found());
        Assert.Equal("-1-90 orders are stuck", new Talk("inc-0302-orders") { Archived = 90 }.Say(1, "orders are stuck").Found());
        Assert.Equal("", new Talk("inc-0302-orders") { Archived = 90 }.Say(0, "has joined", subtype: "channel_join").Found());
    }

    [Fact]
    public void Channels_that_match_no_pattern_are_not_looked_at() =>
        Assert.Equal("", new Talk("general").Say(0, "outage").Found());

    [Fact]
    public void The_commit_or_run_that_is_named_is_the_cause_and_the_one_that_mends_it_is_not()
    {
        Assert.Equal("0f3ab12c9d", new Talk().Say(0, "outage").Say(5, "since 0f3ab12c9d", 0).Say(9, "resolved, reverted abc1234", 0).Find()[0].Report.NamedCause);
        Assert.Null(new Talk().Say(0, "outage").Say(9, "fixed in abc1234", 0).Find()[0].Report.NamedCause);
        Assert.Null(new Talk().Say(0, "outage for 1234567 customers").Find()[0].Report.NamedCause);
        const string Run = "https://github.com/acme/web/actions/runs/42";
        Assert.Equal(Run, new Talk().Say(0, "outage", links: [Run]).Find()[0].Report.NamedCause);
        const string Commit = "https://github.com/acme/web/commit/abc1234";
        Assert.Equal($"{Commit} 0f3ab12c9d", new Talk().Say(0, "outage since 0f3ab12c9d", links: [Commit]).Find()[0].Report.NamedCause);
    }

    [Fact]
    public void Service_and_environment_come_from_the_channel_and_else_the_service_that_is_named_alone()
    {
        var (web, api) = (Guid.NewGuid(), Guid.NewGuid());
        var talk = new Talk().Say(0, "outage of shop-web").Say(10, "outage of shop-web and payments-api").Say(20, "outage of my-shop-web-2");
        talk.Services.AddRange([(web, "shop-web"), (api, "payments-api")]);
        Assert.Equal([web, null, null], talk.Find().Select(i => i.Report.ServiceId));
        var other = new Talk().Say(0, "outage of acme/legacy").Say(10, "outage of acme/shop-web").Say(20,
            "outage, repo: billing").Say(30, "outage, eu/us");
        other.Services.AddRange(talk.Services);
        Assert.Equal([(null, true), (web, false), (null, true), (null, false)],
            other.Find().Select(i => (i.Report.ServiceId, i.Report.NamesOther)));
        Assert.Equal("staging",
            new Talk("alerts").Alert(0, "Grafana", "[FIRING:1] Down\nenv=staging").Find()[0].Report.Environment);
        talk.Rules = talk.Rules with { Channels = [new ChannelRule("inc*", "staging", api)] };
        Assert.All(talk.Find(), i => Assert.Equal((api, "staging"), (i.Report.ServiceId!.Value, i.Report.Environment)));
    }

    [Fact]
    public void A_pattern_that_people_typed_cannot_hang_it()
    {
        var talk = new Talk("alerts").Alert(0, "Odd", "fire " + new string('a', 5000));
        talk.Rules = talk.Rules with { AlertRules = [new AlertRule("Odd", null, "odd", null, null, "(a+)+$", null, "(a|a)*b", "(a*)*c")] };
        Assert.Single(talk.Find());
    }

    [Fact]
    public void Any_order_and_any_repetition_gives_the_same_incidents()
    {
        var talk = new Talk("alerts").Say(0, "outage of web, sev2").Say(4, "on it", 0).React(0, 6, "eyes").Say(30, "resolved", 0).Say(60, "outage once more", 0).Say(70, "fixed", 0)
            .Alert(2, "Grafana", "[FIRING:1] Down").Alert(12, "Grafana", "[RESOLVED] Down").Alert(15, "Grafana", "[FIRING:1] Down").Alert(1, "PagerDuty", "Triggered: x", "https://a.pagerduty.com/incidents/Q7")
            .Alert(1, "PagerDuty", "Resolved: x", "https://a.pagerduty.com/incidents/Q7", edited: 22).React(0, 80, "white_check_mark").React(0, 81, "white_check_mark", removed: true);
        var whole = Texts(talk);
        for (var seed = 0; seed < 40; seed++) Assert.Equal(whole, Texts(talk.Shuffled(new Random(seed))));

        static string Texts(Talk told) => string.Join('\n', told.Find().Select(i => $"{i.Key} {i.Report} {string.Join(';', i.Events)}"));
    }
}
