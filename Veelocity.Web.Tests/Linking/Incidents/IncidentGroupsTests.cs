using Veelocity.Web.Data;
using Veelocity.Web.Linking.Incidents;
using Veelocity.Web.Tests.Linking.Incidents.Chat;

namespace Veelocity.Web.Tests.Linking.Incidents;

public sealed class IncidentGroupsTests
{
    private const string Alert = "https://acme.pagerduty.com/incidents/Q1ABCDEF";

    [Fact]
    public void M23_the_alert_its_announcement_and_its_channel_are_one_incident() =>
        Assert.Equal([0, 0, 0], Groups(Page("alerts"), new Talk().Say(2, $"incident: checkout 5xx, see #inc-42-checkout and {Alert}").Say(41, "resolved", 2), new Talk("inc-42-checkout").Say(3, "orders fail")));

    [Theory]
    [InlineData("incident: checkout 5xx, see #inc-42-checkout")]
    [InlineData("incident: checkout 5xx, INC-42")]
    [InlineData("incident 42, checkout, sev1")]
    [InlineData("Incident #42: checkout 5xx, sev1")]
    [InlineData("incident: checkout 5xx (#42)")]
    public void M23_a_link_to_its_channel_or_the_same_number_is_enough(string announcement) =>
        Assert.Equal([0, 0],
            Groups(new Talk().Say(2, announcement), new Talk("inc-42-checkout").Say(3, "orders fail")));

    [Fact]
    public void M23_the_number_of_an_alert_names_it_and_two_talks_of_the_same_number_are_not_one_incident()
    {
        Assert.Equal([0, 0], Groups(Page("alerts"), new Talk().Say(2, "incident: checkout 5xx, see #42")));
        // Numbered by pull requests, rather.
        Assert.Equal([0, 1], Groups(new Talk().Say(2, "incident: checkout 5xx since #42"), new Talk().Say(3, "incident: search fails since #42")));
        Assert.Equal([0, 1], Groups(Page("alerts"), new Talk().Say(2, "incident: checkout 5xx since 14:42, sev1")));
    }

    [Fact]
    public void M23_the_same_alert_group_in_two_channels_is_one_incident() =>
        Assert.Equal([0, 0], Groups(
            new Talk("alerts").Alert(0, "Grafana", "[FIRING:1] Down shop (a)"),
                new Talk("alerts").Alert(1, "Grafana", "[FIRING:2] Down shop (b)")));

    [Fact]
    public void M23_what_is_not_at_the_same_time_or_only_numbered_alike_is_not_one_incident()
    {
        // A minute apart: two messages of one channel at the same instant are one message.
        Assert.Equal([0, 1], Groups(Page("alerts"), new Talk().Say(3000, $"incident: checkout again, like {Alert}")));
        Assert.Equal([0, 1],
            Groups(new Talk("inc-1103-checkout").Say(3, "orders fail"),
            new Talk("inc-1103-search").Say(3, "search fails, see #inc-1103-checkout")));
        Assert.Equal([0, 1],
            Groups(Page("alerts"),
            new Talk("alerts").Alert(1, "Opsgenie", "New alert: #42 disk",
                "https://acme.app.opsgenie.com/alert/detail/ab-12/details")));
        Assert.Equal([0, 1], Groups(
            new Talk("alerts").Alert(0, "Grafana", "[FIRING:1] Down shop",
                "http://am.example.test/#/alerts?receiver=slack"),
            new Talk("alerts").Alert(1, "Grafana", "[FIRING:1] Down blog",
                "http://am.example.test/#/alerts?receiver=slack")));
    }

    [Fact]
    public void M23_it_begins_with_the_first_and_ends_with_the_last_known_end()
    {
        var alert = Assert.Single(Page("alerts").Find()).Report;
        var announcement = Assert.Single(new Talk().Say(2, $"incident: checkout 5xx SEV1, {Alert}").Find()).Report;
        var combined = IncidentReport.Combined([announcement, alert], alert);
        Assert.Equal(
            (Talk.At(0), Talk.At(40), IncidentSeverity.Critical),
                (combined.StartedAt, combined.ResolvedAt, combined.Severity));
        var reopened = announcement with { OpenedAt = Talk.At(50) };
        Assert.Null(IncidentReport.Combined([reopened, alert], alert).ResolvedAt);
        Assert.False(IncidentReport.Combined([announcement with { HasUnknownEnd = true }, alert], alert).HasUnknownEnd);
    }

    private static Talk Page(string channel) =>
        new Talk(channel).Alert(0, "PagerDuty", "Triggered #42: checkout 5xx", Alert).Alert(40, "PagerDuty",
        "Resolved #42: checkout 5xx", Alert);

    private static int[] Groups(params Talk[] channels)
    {
        var reports = channels.SelectMany(channel => channel.Find()).Select(found => found.Report).ToList();
        return IncidentGroups.Of(reports, new HashSet<int>(), []);
    }
}
