using Veelocity.Web.Data;
using Veelocity.Web.Metrics;
using Veelocity.Web.Metrics.Explain;
using Veelocity.Web.Platform.Paging;

namespace Veelocity.Web.Tests.Metrics;

public sealed class WorkingTimeTests(MetricsDatabase database) : IClassFixture<MetricsDatabase>
{
    private const double Hour = 3600;

    private static readonly WorkingHours Week = new(
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], new(9, 0), new(18, 0), [new(2026, 12, 25)]);

    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UTC", "2026-03-06 17:00", "2026-03-09 10:00", 2)] // Friday to Monday
    [InlineData("UTC", "2026-03-06 18:00", "2026-03-09 09:00", 0)]
    [InlineData("UTC", "2026-03-03 10:00", "2026-03-03 10:30", 0.5)]
    [InlineData("UTC", "2026-03-03 10:00", "2026-03-02 10:00", 0)] // backwards
    [InlineData("UTC", "2026-12-24 17:00", "2026-12-28 10:00", 2)] // a holiday and a weekend between
    [InlineData("Europe/Paris", "2026-03-27 17:00", "2026-03-30 10:00", 2)] // the clock goes forward between
    [InlineData("Asia/Kolkata", "2026-03-06 17:00", "2026-03-09 10:00", 2)]
    [InlineData("America/New_York", "2026-03-06 23:30", "2026-03-09 09:15", 0.25)]
    public void M7_working_time_counts_the_organizations_hours_only(string zone, string from, string to, double hours)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        Assert.Equal(hours * Hour, new WorkingTime(Week, place).Seconds(At(from, place), At(to, place)), 1e-6);
    }

    [Theory]
    [InlineData("Europe/Paris", 1)]
    [InlineData("Australia/Lord_Howe", 2)]
    [InlineData("America/Santiago", 3)]
    public void M7_it_is_what_counting_minute_by_minute_gives(string zone, int seed)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var dice = new Random(seed);
        // Also the hours in which clocks change.
        var hours = new WorkingHours([DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Saturday], new(0, 0), new(4, 30), [new(2026, 3, 30)]);
        var working = new WorkingTime(hours, place);
        for (var i = 0; i < 25; i++)
        {
            var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(dice.Next(500_000));
            var to = from.AddMinutes(dice.Next(20_000));
            var minutes = 0;
            for (var at = from; at < to; at = at.AddMinutes(1))
            {
                var local = TimeZoneInfo.ConvertTime(at, place).DateTime;
                var day = DateOnly.FromDateTime(local);
                if (hours.Days.Contains(day.DayOfWeek) && !hours.Holidays.Contains(day) && TimeOnly.FromDateTime(local) >= hours.From && TimeOnly.FromDateTime(local) < hours.To) minutes++;
            }
            Assert.Equal(minutes * 60, working.Seconds(from, to), 1e-6);
        }
    }

    [Fact]
    public async Task M7_lead_time_its_stages_and_recovery_follow_the_chosen_clock_and_have_no_band_by_it()
    {
        var data = MeasuredData.In(database, "UTC");
        for (var i = 0; i < 6; i++) data.Change(data.Local("2026-03-09 10:00"), 65 * Hour);
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-31");
        var working = data.Filter with { Working = new WorkingTime(Week, TimeZoneInfo.Utc) };

        var calendar = await data.AskAsync(metrics => metrics.LeadTime.AskAsync(period, data.Filter, cancellation));
        Assert.Equal(65 * Hour, calendar.Value.P50);
        Assert.NotNull(calendar.Band);
        var answer = await data.AskAsync(metrics => metrics.LeadTime.AskAsync(period, working, cancellation));
        Assert.Equal((6, 2 * Hour, null), (answer.Value.Count, answer.Value.P50, answer.Band));
        var stages = await data.AskAsync(metrics => metrics.LeadTime.StagesAsync(period, working, cancellation));
        Assert.Equal(2 * Hour, stages.Coding + stages.Pickup + stages.Review + stages.Merge + stages.Deploy);
    }

    [Fact]
    public async Task M7_M35_by_the_working_clock_the_rows_of_a_median_and_of_a_slice_are_measured_and_put_in_order_by_it()
    {
        var data = MeasuredData.In(database, "UTC");
        // Monday, ten o'clock: a weekend counts nothing, a morning all of it. By the calendar the order is the other way round.
        data.Change(data.Local("2026-03-09 10:00"), 65 * Hour);
        data.Change(data.Local("2026-03-10 17:00"), 8 * Hour);
        data.Change(data.Local("2026-03-11 12:00"), 3 * Hour);
        await data.SaveAsync();
        var period = data.Period("2026-03-01", "2026-03-31");
        var working = data.Filter with { Working = new WorkingTime(Week, TimeZoneInfo.Utc) };

        var median = await data.AskAsync(ask => ask.Explanations.AskAsync(new Question(ExplainedMetric.LeadTime, Figure.Median, period, working), cancellation));
        Assert.Equal((2, 3 * Hour), median.Between.Select(row => (row.Place, row.Seconds)).First());
        var slice = new Question(ExplainedMetric.LeadTime, Figure.Headline, period, working, null, 1 * Hour, 4 * Hour);
        var rows = (await data.AskAsync(ask => ask.Explanations.RowsAsync(slice, RowSet.In, null, new PageRequest(), cancellation))).Changes!;
        Assert.Equal(2, rows.Total);
        Assert.Equal([3 * Hour, 2 * Hour], rows.Items.Select(row => row.LeadSeconds!.Value));
        Assert.All(rows.Items, row => Assert.Equal(
            row.LeadSeconds, row.CodingSeconds + (row.PickupSeconds ?? 0) + (row.ReviewSeconds ?? 0) + row.MergeSeconds + row.DeploySeconds));
    }

    private static DateTimeOffset At(string wallClock, TimeZoneInfo zone)
    {
        var local = DateTime.Parse(wallClock, System.Globalization.CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
