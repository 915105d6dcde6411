using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Tests.Metrics;

public sealed class DeploymentFrequencyTests(MetricsDatabase database)
{
    [Fact]
    public async Task M1_half_past_eleven_on_a_Friday_in_New_York_is_a_Friday()
    {
        var data = MeasuredData.In(database, "America/New_York");
        data.Release("2026-01-16 23:30");
        await data.SaveAsync();

        var days = await ByTimeAsync(data, data.Period("2026-01-15", "2026-01-18"), Grouping.Day);
        Assert.Equal([("2026-01-15", 0), ("2026-01-16", 1), ("2026-01-17", 0), ("2026-01-18", 0)], days.Select(day => (day.Key, day.Count)));
    }

    [Fact]
    public async Task M1_a_Sunday_night_belongs_to_the_week_that_ends()
    {
        var data = MeasuredData.In(database, "America/New_York");
        data.Release("2026-01-04 23:59:59");
        data.Release("2026-01-05 00:00:00");
        await data.SaveAsync();

        var weeks = await ByTimeAsync(data, data.Period("2025-12-29", "2026-01-11"), Grouping.Week);
        Assert.Equal([("2026-W01", 1), ("2026-W02", 1)], weeks.Select(week => (week.Key, week.Count)));
    }

    [Theory]
    [InlineData("Europe/Paris", "2026-03-29")] // 23 hours
    [InlineData("Europe/Paris", "2026-10-25")] // 25 hours
    [InlineData("Asia/Kathmandu", "2026-05-05")]
    [InlineData("Africa/Cairo", "2026-04-24")] // begins at 01:00
    public async Task M1_a_day_holds_what_its_clock_shows_and_nothing_more(string zone, string day)
    {
        var data = MeasuredData.In(database, zone);
        var period = data.Period(day, day);
        data.Deploy(period.From.AddSeconds(-1));
        data.Deploy(period.From);
        data.Deploy(period.To.AddSeconds(-1));
        data.Deploy(period.To);
        await data.SaveAsync();

        var answer = await AskAsync(data, period);
        Assert.Equal((2, 1), (answer.Total, answer.DaysWithDeployments));
        Assert.Equal([(day, 2)], (await ByTimeAsync(data, period, Grouping.Day)).Select(group => (group.Key, group.Count)));
        var wider = data.Period(period.FirstDay.AddDays(-1).ToString("O", null), period.LastDay.AddDays(1).ToString("O", null));
        Assert.Equal([1, 2, 1], (await ByTimeAsync(data, wider, Grouping.Day)).Select(group => group.Count));
    }

    [Fact]
    public async Task M3_nothing_deployed_is_a_true_zero()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Repository("web", MeasuredData.Long);
        await data.SaveAsync();

        var answer = await AskAsync(data, data.Period("2026-03-01", "2026-03-07"));
        Assert.Equal((0, 0.0, 0, null, Trend.None), (answer.Total, answer.PerDay, answer.DaysWithDeployments, answer.Band, answer.Trend));
        Assert.Equal(Enumerable.Repeat(0L, 7), (await ByTimeAsync(data, data.Period("2026-03-01", "2026-03-07"), Grouping.Day)).Select(day => day.Count));
    }

    [Fact]
    public async Task M3_the_first_deployments_ever_are_new_rather_than_more()
    {
        var data = MeasuredData.In(database, "UTC");
        for (var day = 1; day <= 5; day++) data.Release($"2026-03-0{day} 10:00");
        await data.SaveAsync();

        var answer = await AskAsync(data, data.Period("2026-03-01", "2026-03-07"));
        Assert.Equal(new Trend(null, IsNew: true), answer.Trend);
    }

    [Fact]
    public async Task M4_four_releases_have_neither_band_nor_trend_and_five_have()
    {
        var data = MeasuredData.In(database, "UTC");
        for (var day = 1; day <= 5; day++) data.Release($"2026-02-{21 + day} 10:00");
        for (var day = 1; day <= 4; day++) data.Release($"2026-03-0{day} 10:00");
        await data.SaveAsync();

        var four = await AskAsync(data, data.Period("2026-03-01", "2026-03-05"));
        Assert.Equal((4, null, null), (four.Total, four.Band, four.Trend.Change));
        var five = await AskAsync(data, data.Period("2026-02-22", "2026-02-26"));
        Assert.Equal((5, Band.Elite), (five.Total, five.Band));
    }

    [Fact]
    public async Task M5_a_running_period_is_divided_by_what_has_passed_and_compared_with_as_much()
    {
        var data = MeasuredData.In(database, "UTC");
        for (var hour = 0; hour < 6; hour++) data.Release($"2026-03-09 0{hour}:00");
        for (var hour = 0; hour < 5; hour++) data.Release($"2026-03-02 0{hour}:00");
        data.Release("2026-03-03 13:00"); // after as much time had passed
        await data.SaveAsync();

        var answer = await AskAsync(data, data.Period("2026-03-09", "2026-03-15", now: "2026-03-10 12:00"));
        Assert.Equal((6, 5), (answer.Total, answer.PreviousTotal));
        Assert.Equal(6 / 1.5, answer.PerDay!.Value, 9);
        Assert.Equal(28, answer.PerWeek!.Value, 9);
        Assert.Equal(0.2, answer.Trend.Change!.Value, 9);
    }

    [Fact]
    public async Task M5_a_rate_never_starts_before_the_first_data()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Repository("web", data.Local("2026-03-27 00:00"));
        for (var day = 27; day <= 31; day++) data.Release($"2026-03-{day} 10:00");
        await data.SaveAsync();

        var answer = await AskAsync(data, data.Period("2026-03-02", "2026-03-31"));
        Assert.Equal((5, 1.0, Band.Elite), (answer.Total, answer.PerDay, answer.Band));
        Assert.Equal((null, Trend.None), (answer.Previous, answer.Trend));
    }

    [Fact]
    public async Task M5_a_period_before_the_first_data_has_no_data()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Repository("web", data.Local("2026-03-27 00:00"));
        await data.SaveAsync();

        var answer = await AskAsync(data, data.Period("2026-03-02", "2026-03-08"));
        Assert.Equal((null, null, null), (answer.PerDay, answer.PerWeek, answer.Band));
    }

    [Theory]
    [InlineData("2026-10-29", "2026-11-04")] // 169 hours
    [InlineData("2026-03-05", "2026-03-11")] // 167 hours
    public async Task M5_seven_whole_days_across_a_clock_change_are_seven_days(string from, string to)
    {
        var data = MeasuredData.In(database, "America/New_York");
        data.Repository("web", MeasuredData.Long);
        for (var day = DateOnly.Parse(from, null); day <= DateOnly.Parse(to, null); day = day.AddDays(1)) data.Release($"{day:yyyy-MM-dd} 23:30");
        await data.SaveAsync();

        var answer = await AskAsync(data, data.Period(from, to));
        Assert.Equal((7, 7, 1.0, 7.0, Band.Elite), (answer.Total, answer.DaysWithDeployments, answer.PerDay, answer.PerWeek, answer.Band));
    }

    [Fact]
    public async Task M5_a_bucket_that_is_cut_is_marked()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-04 10:00");
        await data.SaveAsync();

        var weeks = await ByTimeAsync(data, data.Period("2026-03-04", "2026-03-22"), Grouping.Week);
        Assert.Equal([(1, true), (0, false), (0, false)], weeks.Select(week => (week.Count, week.IsPartial)));
    }

    [Fact]
    public async Task M18_releases_to_production_are_counted_and_failures_and_repeats_are_not()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-02 10:00");
        data.Release("2026-03-02 15:00");
        data.Release("2026-03-04 10:00");
        data.Deploy(data.Local("2026-03-03 10:00"), isRelease: false);
        data.Deploy(data.Local("2026-03-05 10:00"), outcome: DeploymentOutcome.Failed);
        data.Deploy(data.Local("2026-03-06 10:00"), environment: "staging", isProduction: false);
        await data.SaveAsync();

        var period = data.Period("2026-03-02", "2026-03-08");
        var answer = await AskAsync(data, period);
        Assert.Equal((3, 2, 1), (answer.Total, answer.DaysWithDeployments, answer.Failed));
        Assert.Equal((3.0 / 7, 3.0), (answer.PerDay, answer.PerWeek));
        var staging = await data.AskAsync(ask => ask.Frequency.AskAsync(period, data.Filter with { Environment = "staging" }, TestContext.Current.CancellationToken));
        Assert.Equal((1, 0), (staging.Total, staging.Failed));
        Assert.Equal(
            [("2026-03-02", 2, 0), ("2026-03-04", 1, 0), ("2026-03-05", 0, 1)],
            (await ByTimeAsync(data, period, Grouping.Day)).Where(day => day.Count + day.Failed > 0).Select(day => (day.Key, day.Count, day.Failed)));
    }

    [Fact]
    public async Task M18_repositories_stand_side_by_side_and_can_be_asked_alone()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Release("2026-03-02 10:00", "api");
        data.Release("2026-03-03 10:00", "web");
        data.Release("2026-03-04 10:00", "web");
        await data.SaveAsync();

        var period = data.Period("2026-03-01", "2026-03-07");
        var groups = await data.AskAsync(ask => ask.Frequency.ByRepositoryAsync(period, data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal([("acme/web", 2), ("acme/api", 1)], groups.Select(group => (group.Label, group.Count)));
        var one = await data.AskAsync(ask => ask.Frequency.AskAsync(period, data.Only("api"), TestContext.Current.CancellationToken));
        Assert.Equal(1, one.Total);
        var foreign = data.Others with { RepositoryId = data.RepositoryId("api") };
        Assert.Equal(0, (await data.AskAsync(ask => ask.Frequency.AskAsync(period, foreign, TestContext.Current.CancellationToken))).Total);
    }

    private static Task<DeploymentFrequency.Answer> AskAsync(MeasuredData data, Period period) =>
        data.AskAsync(ask => ask.Frequency.AskAsync(period, data.Filter, TestContext.Current.CancellationToken));

    private static Task<IReadOnlyList<DeploymentFrequency.Group>> ByTimeAsync(MeasuredData data, Period period, Grouping grouping) =>
        data.AskAsync(ask => ask.Frequency.ByTimeAsync(period, data.Filter, grouping, TestContext.Current.CancellationToken));
}
