using Veelocity.Web.Metrics;

namespace Veelocity.Web.Tests.Metrics;

public sealed class BandsTests
{
    private const double Day = 86_400;

    [Theory]
    [InlineData(1, Band.Elite)]
    [InlineData(0.999999, Band.High)]
    [InlineData(1.0 / 7, Band.High)]
    [InlineData(1.0 / 7.0001, Band.Medium)]
    [InlineData(1.0 / 30, Band.Medium)]
    [InlineData(1.0 / 30.001, Band.Low)]
    [InlineData(0, Band.Low)]
    public void M25_frequency_is_at_least_once_a_day_a_week_a_month(double perDay, Band band) =>
        Assert.Equal(band, Bands.OfFrequency(perDay, Trend.FewestItems));

    [Theory]
    [InlineData(0, Band.Elite)]
    [InlineData(Day - 0.001, Band.Elite)]
    [InlineData(Day, Band.High)]
    [InlineData(7 * Day - 0.001, Band.High)]
    [InlineData(7 * Day, Band.Medium)]
    [InlineData(30 * Day - 0.001, Band.Medium)]
    [InlineData(30 * Day, Band.Low)]
    public void M25_lead_time_is_less_than_a_day_a_week_a_month(double seconds, Band band) =>
        Assert.Equal(band, Bands.OfLeadTime(seconds, Trend.FewestItems));

    [Fact]
    public void M4_four_items_have_no_band()
    {
        Assert.Null(Bands.OfFrequency(9, 4));
        Assert.Null(Bands.OfLeadTime(9, 4));
        Assert.Null(Bands.OfLeadTime(null, 0));
    }

    [Theory]
    [InlineData(12.0, 5, 10.0, 5, 0.2, false)]
    [InlineData(5.0, 5, 10.0, 9, -0.5, false)]
    [InlineData(12.0, 4, 10.0, 9, null, false)] // M4: too few now
    [InlineData(12.0, 9, 10.0, 4, null, false)] // M4: too few before
    [InlineData(12.0, 9, 0.0, 0, null, true)] // M3: from 0 it is new
    [InlineData(0.0, 9, 0.0, 0, null, false)]
    [InlineData(12.0, 9, null, 0, null, false)] // M3: from no data there is nothing to say
    [InlineData(null, 0, 12.0, 9, null, false)]
    public void M3_and_M4_say_when_there_is_a_trend(double? now, long count, double? before, long countBefore, double? change, bool isNew)
    {
        var trend = Trend.Of(now, count, before, countBefore);
        Assert.Equal(isNew, trend.IsNew);
        if (change is null) Assert.Null(trend.Change);
        else Assert.Equal(change.Value, trend.Change!.Value, 9);
    }
}
