namespace Veelocity.Web.Tests.Linking.Incidents.Chat;

public sealed class ReopenedTests
{
    private const double Day = 24 * 60;

    [Theory]
    [InlineData(10 + Day, "0-1500 Down")]
    [InlineData(11 + Day, "0-10 Down | 1451-1500 Down")]
    public void M23_an_alert_that_fires_again_within_24_hours_of_its_end_is_the_same_incident(double again, string expected) =>
        Assert.Equal(expected, new Talk("alerts")
            .Alert(0, "Grafana", "[FIRING:1] Down").Alert(10, "Grafana", "[RESOLVED] Down")
            .Alert(again, "Grafana", "[FIRING:1] Down").Alert(1500, "Grafana", "[RESOLVED] Down").Found());

    [Fact]
    public void M23_the_24_hours_count_from_the_last_end_so_that_flapping_for_days_is_one_incident() =>
        Assert.Equal("0-4330 Down", Enumerable.Range(0, 4).Aggregate(new Talk("alerts"), (talk, day) => talk
            .Alert(day * Day, "Grafana", "[FIRING:1] Down").Alert((day * Day) + 10, "Grafana", "[RESOLVED] Down")).Found());
}
