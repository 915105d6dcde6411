using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Dora;

namespace Veelocity.Web.Tests.Metrics;

public sealed class LeadTimeForChangesTests(MetricsDatabase database)
{
    private const double Hour = 3600;

    [Fact]
    public async Task M1_a_change_belongs_to_the_day_it_was_deployed_where_the_organization_is()
    {
        var data = MeasuredData.In(database, "America/New_York");
        data.Change("2026-01-16 23:30", leadHours: 5);
        await data.SaveAsync();

        var days = await ByTimeAsync(data, data.Period("2026-01-16", "2026-01-17"), Grouping.Day);
        Assert.Equal([("2026-01-16", 1, 5 * Hour), ("2026-01-17", 0, null)], days.Select(day => (day.Key, day.Count, day.Median)));
        Assert.Equal(0, (await AskAsync(data, data.Period("2026-01-17", "2026-01-17"))).Value.Count);
    }

    [Fact]
    public async Task M2_the_median_of_1_and_3_is_2_and_percentiles_lie_between_items()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Change("2026-03-02 10:00", leadHours: 1);
        data.Change("2026-03-03 10:00", leadHours: 3);
        await data.SaveAsync();

        var value = (await AskAsync(data, data.Period("2026-03-01", "2026-03-07"))).Value;
        Assert.Equal((2, 2 * Hour, 2 * Hour), (value.Count, value.P50, value.Mean));
        Assert.Equal(2.5 * Hour, value.P75!.Value, 6);
        Assert.Equal(2.8 * Hour, value.P90!.Value, 6);
        Assert.Equal(2.9 * Hour, value.P95!.Value, 6);
    }

    [Fact]
    public async Task M2_items_are_pooled_and_never_a_median_of_medians()
    {
        var data = MeasuredData.In(database, "UTC");
        foreach (var hours in new[] { 1, 2, 3 }) data.Change($"2026-03-02 1{hours}:00", hours, "web");
        data.Change("2026-03-03 10:00", 100, "api");
        data.Change("2026-03-10 10:00", 200, "api");
        await data.SaveAsync();

        var period = data.Period("2026-03-01", "2026-03-14");
        Assert.Equal(3 * Hour, (await AskAsync(data, period)).Value.P50);
        var repositories = await data.AskAsync(ask => ask.LeadTime.ByRepositoryAsync(period, data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal([("acme/api", 2, 150 * Hour), ("acme/web", 3, 2 * Hour)], repositories.Select(group => (group.Label, group.Count, group.Median)));
    }

    [Fact]
    public async Task M3_no_data_is_null_and_never_zero()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Change("2026-03-20 10:00", leadHours: 1);
        await data.SaveAsync();

        var period = data.Period("2026-03-01", "2026-03-07");
        var answer = await AskAsync(data, period);
        Assert.Equal(new LeadTimeForChanges.Percentiles(0, null, null, null, null, null), answer.Value);
        Assert.Equal((null, Trend.None), (answer.Band, answer.Trend));
        Assert.All(await ByTimeAsync(data, period, Grouping.Day), day => Assert.Equal((0, null, null), (day.Count, day.Median, day.P90)));
        var stages = await data.AskAsync(ask => ask.LeadTime.StagesAsync(period, data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal(new LeadTimeForChanges.Stages(0, null, null, null, null, null), stages);
    }

    [Fact]
    public async Task M4_four_changes_have_neither_band_nor_trend_and_five_have()
    {
        var data = MeasuredData.In(database, "UTC");
        for (var day = 1; day <= 5; day++) data.Change($"2026-03-0{day} 10:00", leadHours: 20);
        for (var day = 6; day <= 9; day++) data.Change($"2026-03-0{day} 10:00", leadHours: 10);
        data.Change("2026-03-11 10:00", leadHours: 10);
        await data.SaveAsync();

        var four = await AskAsync(data, data.Period("2026-03-06", "2026-03-10"));
        Assert.Equal((4, 10 * Hour, null, null), (four.Value.Count, four.Value.P50, four.Band, four.Trend.Change));
        var five = await AskAsync(data, data.Period("2026-03-06", "2026-03-11"));
        Assert.Equal((5, 5, Band.Elite), (five.Value.Count, five.Previous.Count, five.Band));
        Assert.Equal(-0.5, five.Trend.Change!.Value, 9);
    }

    [Fact]
    public async Task M5_a_running_period_is_compared_with_as_much_of_the_one_before()
    {
        var data = MeasuredData.In(database, "UTC");
        for (var hour = 1; hour <= 5; hour++)
        {
            data.Change($"2026-03-09 0{hour}:00", leadHours: 3);
            data.Change($"2026-03-02 0{hour}:00", leadHours: 2);
            data.Change($"2026-03-05 0{hour}:00", leadHours: 900);
        }
        await data.SaveAsync();

        var answer = await AskAsync(data, data.Period("2026-03-09", "2026-03-15", now: "2026-03-10 12:00"));
        Assert.Equal((5, 2 * Hour), (answer.Previous.Count, answer.Previous.P50));
        Assert.Equal(0.5, answer.Trend.Change!.Value, 9);
    }

    [Fact]
    public async Task M19_a_change_counts_when_it_was_deployed_and_what_is_left_out_is_told_by_reason()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Change("2026-03-02 10:00", leadHours: 1);
        data.Change("2026-03-02 11:00", leadHours: 500, leftOut: LeftOut.Bot);
        data.Change("2026-03-02 12:00", leadHours: 500, leftOut: LeftOut.Bot);
        data.Change("2026-03-02 13:00", leadHours: 500, leftOut: LeftOut.FirstKnownDeployment);
        data.Change("2026-02-28 23:59", leadHours: 500, leftOut: LeftOut.Revert);
        data.Change("2026-02-28 23:59", leadHours: 500);
        await data.SaveAsync();

        var period = data.Period("2026-03-01", "2026-03-07");
        Assert.Equal((1, 1 * Hour), ((await AskAsync(data, period)).Value.Count, (await AskAsync(data, period)).Value.P50));
        var leftOut = await data.AskAsync(ask => ask.LeadTime.LeftOutAsync(period, data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal([(LeftOut.FirstKnownDeployment, 1), (LeftOut.Bot, 2)], leftOut.Select(reason => (reason.Reason, reason.Count)));
    }

    [Fact]
    public async Task M19_the_distribution_keeps_empty_slices_and_its_edges_belong_to_the_slice_above()
    {
        var data = MeasuredData.In(database, "UTC");
        foreach (var seconds in new[] { 0, 3599.9, 3600, 86_400, 7 * 86_400, 90 * 86_400, 1e9 }) data.Change(data.Local("2026-03-02 10:00"), seconds);
        await data.SaveAsync();

        var slices = await data.AskAsync(ask => ask.LeadTime.DistributionAsync(data.Period("2026-03-01", "2026-03-07"), data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal([2, 1, 0, 0, 1, 0, 0, 1, 0, 0, 2], slices.Select(slice => slice.Count));
        Assert.Equal(slices.Skip(1).Select(slice => (double?)slice.From).Append(null), slices.Select(slice => slice.To));
    }

    [Fact]
    public async Task M19_waiting_are_counted_with_the_age_of_the_oldest()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Change("2026-03-02 10:00", leadHours: 1);
        data.Waiting(data.Local("2026-03-03 10:00"));
        data.Waiting(data.Local("2026-02-03 10:00"), "api");
        await data.SaveAsync();

        var waiting = await data.AskAsync(ask => ask.Waiting.AskAsync(data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal(new WaitingChanges.Answer(2, data.Local("2026-02-03 10:00")), waiting);
        var web = await data.AskAsync(ask => ask.Waiting.AskAsync(data.Only("web"), TestContext.Current.CancellationToken));
        Assert.Equal(new WaitingChanges.Answer(1, data.Local("2026-03-03 10:00")), web);
    }

    [Fact]
    public async Task M19_what_waits_for_a_service_is_what_its_paths_cover()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Change("2026-03-02 10:00", leadHours: 1);
        data.Waiting(data.Local("2026-03-03 10:00"));
        data.Waiting(data.Local("2026-02-03 10:00"), "api");
        await data.SaveAsync();

        var web = data.Filter with { ServiceId = Service.IdOf(data.RepositoryId("web")) };
        var waiting = await data.AskAsync(ask => ask.Waiting.AskAsync(web, TestContext.Current.CancellationToken));
        Assert.Equal(new WaitingChanges.Answer(1, data.Local("2026-03-03 10:00")), waiting);
        var staging = await data.AskAsync(ask => ask.Waiting.AskAsync(web with { Environment = "staging" }, TestContext.Current.CancellationToken));
        Assert.Equal(new WaitingChanges.Answer(0, null), staging);
    }

    [Fact]
    public async Task M19_nothing_waiting_is_none_and_has_no_age()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Change("2026-03-02 10:00", leadHours: 1);
        await data.SaveAsync();

        var waiting = await data.AskAsync(ask => ask.Waiting.AskAsync(data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal(new WaitingChanges.Answer(0, null), waiting);
    }

    [Fact]
    public async Task M20_stages_are_means_that_add_up_to_the_mean_and_an_absent_review_took_no_time()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Change(data.Local("2026-03-02 10:00"), 100, pickup: 20, review: 40);
        data.Change(data.Local("2026-03-03 10:00"), 200);
        data.Change(data.Local("2026-03-03 11:00"), 9_999, leftOut: LeftOut.Bot);
        await data.SaveAsync();

        var period = data.Period("2026-03-01", "2026-03-07");
        var stages = await data.AskAsync(ask => ask.LeadTime.StagesAsync(period, data.Filter, TestContext.Current.CancellationToken));
        Assert.Equal(new LeadTimeForChanges.Stages(2, 60, 10, 20, 30, 30), stages);
        Assert.Equal(150, (await AskAsync(data, period)).Value.Mean);
    }

    [Fact]
    public async Task Another_organization_asking_for_our_repository_gets_nothing()
    {
        var data = MeasuredData.In(database, "UTC");
        data.Change("2026-03-02 10:00", leadHours: 1);
        data.Waiting(data.Local("2026-03-03 10:00"));
        await data.SaveAsync();

        var period = data.Period("2026-03-01", "2026-03-07");
        var foreign = data.Others with { RepositoryId = data.RepositoryId() };
        Assert.Equal(0, (await data.AskAsync(ask => ask.LeadTime.AskAsync(period, foreign, TestContext.Current.CancellationToken))).Value.Count);
        Assert.Empty(await data.AskAsync(ask => ask.LeadTime.ByRepositoryAsync(period, foreign, TestContext.Current.CancellationToken)));
        Assert.Equal(0, (await data.AskAsync(ask => ask.Waiting.AskAsync(foreign, TestContext.Current.CancellationToken))).Count);
        Assert.Equal(1, (await AskAsync(data, period)).Value.Count);
    }

    private static Task<LeadTimeForChanges.Answer> AskAsync(MeasuredData data, Period period) =>
        data.AskAsync(ask => ask.LeadTime.AskAsync(period, data.Filter, TestContext.Current.CancellationToken));

    private static Task<IReadOnlyList<LeadTimeForChanges.Group>> ByTimeAsync(MeasuredData data, Period period, Grouping grouping) =>
        data.AskAsync(ask => ask.LeadTime.ByTimeAsync(period, data.Filter, grouping, TestContext.Current.CancellationToken));
}
