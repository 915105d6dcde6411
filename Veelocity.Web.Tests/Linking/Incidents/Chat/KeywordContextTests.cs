namespace Veelocity.Web.Tests.Linking.Incidents.Chat;

public sealed class KeywordContextTests
{
    [Theory]
    [InlineData("Next update at 14:00, or when this is resolved.")]
    [InlineData("Once this is resolved we write it up.")]
    [InlineData("We expect all to be resolved by 11:30.")]
    [InlineData("They say it will be fixed within the hour.")]
    [InlineData("It'll be fixed in ten minutes")]
    [InlineData("Trying to get it fixed, a rollback is running.")]
    [InlineData("The name resolved to the old address, still failing.")]
    [InlineData("Expect errors until the queue is back to normal.")]
    [InlineData("Should be resolved soon, monitoring.")]
    [InlineData("This should be resolved by tonight")]
    [InlineData("Not fully resolved yet, 5 % of requests fail.")]
    [InlineData("Partially resolved: Europe works again")]
    [InlineData("Resolved for most customers")]
    [InlineData("resolved only in one region, others still failing")]
    [InlineData("If resolved, close the ticket")]
    [InlineData("if the cache recovered we can close this")]
    [InlineData("80 % of the pods recovered")]
    [InlineData("3 of 5 hosts recovered")]
    [InlineData("We hope this gets fixed")]
    [InlineData("This needs to be fixed today")]
    [InlineData("Latency is slowly getting back to normal")]
    [InlineData("Please tell me as soon as it is fixed")]
    [InlineData("waiting for the all clear")]
    [InlineData("is everything back to normal?")]
    [InlineData("Same as what we fixed last week")]
    [InlineData("> resolved")]
    [InlineData("it printed `resolved` and died")]
    [InlineData("This can't be resolved without the vendor")]
    [InlineData("ETA for fixed builds: noon")]
    [InlineData("resolved but some users still seeing errors")]
    [InlineData("Will be back to normal once traffic drains")]
    [InlineData("Fixed as soon as the deploy is through")]
    [InlineData("Resolved for EU only.")]
    [InlineData("fixed for web only")]
    [InlineData("Fixed locally, PR coming.")]
    [InlineData("Fixed on staging.")]
    [InlineData("Resolved in staging, prod next.")]
    [InlineData("Fixed in the branch, deploying now.")]
    [InlineData("fixed in a PR, review please")]
    [InlineData("Has it recovered")]
    [InlineData("has everything been resolved")]
    [InlineData("Is the checkout fixed")]
    [InlineData("anyone know if it is fixed")]
    [InlineData("I thought this was fixed.")]
    [InlineData("this was supposed to be fixed")]
    [InlineData("DNS is resolved by a fallback server now, still errors.")]
    [InlineData("Monitoring says resolved, but customers still see errors.")]
    [InlineData("Seems fixed for me but others still see it.")]
    [InlineData("Fixed one of the two causes.")]
    [InlineData("Fixed the first issue, the second one is still open.")]
    [InlineData("Recovered for 2 minutes, then failing again.")]
    [InlineData("It recovered briefly and went down again.")]
    [InlineData("fixed it, then it broke again")]
    [InlineData("Resolved? Checking.")]
    [InlineData("Recovered on 3 hosts, 2 to go")]
    [InlineData("Only EU has recovered")]
    [InlineData("Resolved for now in one region")]
    public void M23_an_end_to_come_or_in_part_ends_nothing(string update) =>
        Assert.Equal("0-90 outage",
            new Talk().Say(0, "outage").Say(10, update, 0).Say(90, "Resolved: rollback finished.", 0).Found());

    [Theory]
    [InlineData("Resolved: rollback finished.")]
    [InlineData("resolved, let us know if you see more errors")]
    [InlineData("All clear, will post the write-up tomorrow")]
    [InlineData("I can confirm this is resolved")]
    [InlineData("Not sure why, but it's fixed")]
    [InlineData("Fixed once and for all")]
    [InlineData("No errors since the rollback, back to normal")]
    [InlineData("Seems to be resolved now")]
    [InlineData("We managed to get this fixed")]
    [InlineData("It is not the database. Fixed with a restart")]
    [InlineData("fixed, monitoring until tomorrow")]
    [InlineData("100% recovered")]
    [InlineData("After the rollback everything is back to normal")]
    [InlineData("*Status:* resolved as of 11:30")]
    [InlineData("I think we can call this resolved.")]
    [InlineData("We can close this, it is resolved")]
    [InlineData("Is fixed now")]
    [InlineData("Has recovered on its own")]
    [InlineData("resolved, only EU was affected")]
    [InlineData("Resolved for all customers")]
    [InlineData("Fixed in production")]
    [InlineData("fixed in v1.2.3")]
    [InlineData("Resolved, still a bit slow to load dashboards but fine")]
    [InlineData("Back to normal on all hosts")]
    [InlineData("resolved for everyone")]
    [InlineData("Fixed. It was only a config error")]
    [InlineData("We were down but we have recovered again")]
    public void M23_an_end_that_is_said_ends_it(string said) =>
        Assert.Equal("0-10 outage", new Talk().Say(0, "outage").Say(10, said, 0).Found());

    [Theory]
    [InlineData("CPU is down to 3 %")]
    [InlineData("Latency is down by half")]
    [InlineData("traffic is down 40% since the campaign ended")]
    [InlineData("Orders are down ~12 percent compared to May")]
    [InlineData("Errors are down, thanks all")]
    [InlineData("our bill is down from 300 to 200")]
    [InlineData("Ada is down with the flu")]
    [InlineData("this is not an outage")]
    [InlineData("No outage today")]
    [InlineData("Post-mortem of the outage on Thursday")]
    [InlineData("what we learned since the last outage")]
    [InlineData("SEV1 drill at noon")]
    [InlineData("if the shop is down, call Bo")]
    [InlineData("Support tickets are down this week")]
    [InlineData("p95 is down")]
    [InlineData("The number of open alerts is down")]
    [InlineData("Prices are down")]
    [InlineData("We are down one engineer this week")]
    [InlineData("the check no longer says that the shop is down")]
    [InlineData("error budget burn is down since yesterday")]
    [InlineData("Number of sev1 this quarter: 0")]
    [InlineData("is the shop down?")]
    [InlineData("Has anyone seen that the shop is down?")]
    public void M23_words_that_mean_something_else_start_nothing(string said) =>
        Assert.Equal("", new Talk().Say(0, said).Found());

    [Theory]
    [InlineData("web is down")]
    [InlineData("web is down since 10:30")]
    [InlineData("checkout is down for 20 minutes now")]
    [InlineData("After the deploy the shop is down")]
    [InlineData("Since 10:00 we have an outage")]
    [InlineData("The host isn't reachable, web is down")]
    [InlineData("incident: report service answers 500")]
    [InlineData("outage by our CDN")]
    [InlineData("Half of our pods are down")]
    [InlineData("All of the regions are down")]
    [InlineData("The old checkout is down")]
    [InlineData("since the deploy web is down")]
    [InlineData("the number pad of the login page is gone, web is down")]
    public void M23_words_that_mean_it_start_one(string said) =>
        Assert.StartsWith("0-? ", new Talk().Say(0, said).Found(), StringComparison.Ordinal);

    [Fact]
    public void M23_the_end_of_an_outage_is_not_another_outage() =>
        Assert.Equal("0-30 outage of web",
            new Talk().Say(0, "outage of web").Say(30, "the outage is resolved").Found());

    [Theory]
    [InlineData("To mark this as resolved, type `/incident resolve`")]
    [InlineData("React with :white_check_mark: to mark it resolved")]
    [InlineData("Use /inc resolved - marks the incident as resolved")]
    [InlineData("Tip: say \"all clear\", and I write down the end")]
    [InlineData("/incident resolve - the incident is resolved")]
    [InlineData("Actions: Acknowledge | Resolved | Escalate")]
    [InlineData("Don't forget to write the post-mortem after the incident is resolved.")]
    [InlineData("This channel will be archived 7 days after the incident is resolved.")]
    [InlineData("No update for 30 minutes. Mark it resolved with `/inc resolve`")]
    [InlineData("Set the status to Resolved once everything is back to normal")]
    [InlineData("*Resolve*: click the button below to mark this incident resolved")]
    public void M23_how_to_use_a_bot_is_not_about_an_incident(string hint)
    {
        Assert.Equal("-1-40 orders are stuck",
            new Talk("inc-7-orders").Say(1, "orders are stuck").Alert(2, "incident-bot", hint).Say(40,
            "all clear").Found());
        Assert.Equal("", new Talk("inc-7-orders").Alert(2, "incident-bot", hint).Found());
        Assert.Equal("",
            new Talk("alerts").Alert(0, "PagerDuty",
            "Incidents that are triggered or resolved will be posted here. Type /pd help").Found());
    }

    [Theory]
    [InlineData("The incident is *Investigating*. Change it to *Resolved* when you're done.")]
    [InlineData("Is this incident resolved? [Yes, resolved] [Not yet]")]
    public void M23_a_hint_in_what_a_bot_says_ends_nothing(string said) =>
        Assert.Equal("-1-40 orders are stuck",
            new Talk("inc-7-orders").Say(1, "orders are stuck").Alert(20, "incident-bot", said).Say(40, "all clear").Found());

    [Theory]
    [InlineData("Incident resolved by Ada")]
    [InlineData("Ada changed the status to Resolved")]
    [InlineData("Status: Investigating → Resolved")]
    [InlineData("Ada resolved this incident. Don't forget the post-mortem")]
    public void M23_what_a_bot_says_of_the_incident_ends_it(string said) =>
        Assert.Equal("-1-20 orders are stuck",
            new Talk("inc-7-orders").Say(1, "orders are stuck").Alert(20, "incident-bot", said).Found());
}
