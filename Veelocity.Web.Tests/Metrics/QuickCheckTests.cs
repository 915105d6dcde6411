using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Tests.Metrics;

/// <summary>DORA's Quick Check score (M25).</summary>
public sealed class QuickCheckTests
{
    private const double Hour = 3600, Day = 24 * Hour;

    [Theory]
    [InlineData(25, 6)]
    [InlineData(24, 5)]
    [InlineData(1, 5)]
    [InlineData(0.99, 4)]
    [InlineData(1.0 / 7, 4)]
    [InlineData(0.1, 3)]
    [InlineData(1.0 / 30, 3)]
    [InlineData(0.02, 2)]
    [InlineData(0.001, 1)]
    public void M25_a_frequency_has_a_category(double perDay, int category) => Assert.Equal(category, QuickCheck.FrequencyCategory(perDay));

    [Theory]
    [InlineData(Hour - 1, 6)]
    [InlineData(Hour, 5)]
    [InlineData(Day, 4)]
    [InlineData(7 * Day, 3)]
    [InlineData(30 * Day, 2)]
    [InlineData(183 * Day, 1)]
    public void M25_a_duration_has_a_category(double seconds, int category) => Assert.Equal(category, QuickCheck.DurationCategory(seconds));

    [Fact]
    public void M25_categories_and_percentages_become_scores_and_their_mean_is_the_whole()
    {
        var check = Of(frequency: 2, lead: 2 * Day, failed: 2, recovery: 2 * Hour, rework: 1);
        Assert.Equal([8, 6, 9, 8, 9.5], check.Scores.Select(score => score.Value!.Value));
        Assert.Equal(8.1, check.Overall!.Value, 1e-9);
        Assert.Equal([4.8, 5.5, 8.1, 7.4, 7.8], check.Scores.Select(score => Math.Round(score.Industry, 6)));
        Assert.Equal(0, check.Missing);
    }

    [Fact]
    public void M25_a_metric_without_enough_data_is_left_out_of_the_mean()
    {
        var check = Of(frequency: 2, lead: null, failed: 2, recovery: 2 * Hour, rework: 1, incidents: 4);
        Assert.Equal([8, null, 9, null, 9.5], check.Scores.Select(score => score.Value));
        Assert.Equal((2, (8 + 9 + 9.5) / 3), (check.Missing, check.Overall!.Value));
        Assert.Null(Of(frequency: 0, lead: null, failed: 0, recovery: null, rework: 0, incidents: 0, releases: 0).Overall);
    }

    private static QuickCheck Of(double frequency, double? lead, long failed, double? recovery, long rework, long incidents = 10, long releases = 20) => QuickCheck.Of(
        new Filter(Guid.Empty),
        new DeploymentFrequency.Answer(releases, frequency, 10, 0, null, 0, 0, Trend.None),
        new LeadTimeForChanges.Answer(new(lead is null ? 0 : 10, lead, lead, lead, lead, lead), null, new(0, null, null, null, null, null), Trend.None),
        new ChangeFailureRate.Answer(new(releases, failed, 0, failed, 0, 0), null, new(0, 0, 0, 0, 0, 0), Trend.None),
        new TimeToRecovery.Answer(new(incidents, recovery, recovery, recovery, 0), new(0, null, null, null, null), null, new(0, null, null, null, 0), Trend.None),
        new ReworkRate.Answer(new(releases, rework, 0, 0, 0, rework), new(0, 0, 0, 0, 0, 0), Trend.None));
}
