using Veelocity.Web.Metrics;

namespace Veelocity.Web.Tests.Metrics;

public sealed class PeriodTests
{
    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("America/New_York", "2026-03-07", "2026-03-07T05:00:00Z", "2026-03-08T05:00:00Z")]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")]
    [InlineData("Europe/Paris", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData("Asia/Kolkata", "2026-01-01", "2025-12-31T18:30:00Z", "2026-01-01T18:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z")]
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")]
    public void M1_a_day_runs_from_midnight_to_midnight_where_the_organization_is(string zone, string day, string from, string to)
    {
        var period = In(zone, day, day);
        Assert.Equal((DateTimeOffset.Parse(from, null), DateTimeOffset.Parse(to, null)), (period.From, period.To));
    }

    [Fact]
    public void M1_the_last_days_end_with_today_where_the_organization_is()
    {
        var now = DateTimeOffset.Parse("2026-03-07T02:00:00Z", null);
        var period = Period.LastDays(7, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), now);
        Assert.Equal((new DateOnly(2026, 2, 28), new DateOnly(2026, 3, 6), 7), (period.FirstDay, period.LastDay, period.Days));
        Assert.Equal(now, period.ElapsedTo);
    }

    [Fact]
    public void M5_the_previous_period_of_a_whole_one_is_as_many_days_and_touches_it()
    {
        var previous = In("Europe/Paris", "2026-03-29", "2026-04-04").Previous();
        Assert.Equal((new DateOnly(2026, 3, 22), new DateOnly(2026, 3, 28)), (previous.FirstDay, previous.LastDay));
        Assert.Equal(In("Europe/Paris", "2026-03-29", "2026-04-04").From, previous.To);
        Assert.Equal(7, previous.ElapsedDays(LongAgo));
    }

    [Fact]
    public void M5_the_previous_period_of_a_running_one_is_cut_where_this_one_stands()
    {
        var now = DateTimeOffset.Parse("2026-03-10T12:00:00Z", null);
        var period = new Period(new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 15), TimeZoneInfo.Utc, now);
        var previous = period.Previous();
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T00:00:00Z", null), previous.From);
        Assert.Equal(DateTimeOffset.Parse("2026-03-03T12:00:00Z", null), previous.To);
        Assert.Equal((1.5, 1.5), (period.ElapsedDays(LongAgo), previous.ElapsedDays(LongAgo)));
    }

    [Fact]
    public void M5_elapsed_days_start_with_the_first_data_and_are_never_less_than_one()
    {
        var period = In("UTC", "2026-03-01", "2026-03-10");
        Assert.Equal(10, period.ElapsedDays(LongAgo));
        Assert.Equal(4, period.ElapsedDays(period.From.AddDays(6)));
        Assert.Equal(1, period.ElapsedDays(period.To.AddHours(-2)));
    }

    [Fact]
    public void M5_a_period_before_the_first_data_has_no_elapsed_days()
    {
        var period = In("UTC", "2026-03-01", "2026-03-10");
        Assert.Null(period.ElapsedDays(period.To));
        Assert.Null(period.ElapsedDays(null));
    }

    [Theory]
    [InlineData("America/New_York", "2026-10-29", "2026-11-04", 7)]
    [InlineData("America/New_York", "2026-03-05", "2026-03-11", 7)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "2026-04-05", 1)]
    public void M5_a_whole_day_is_one_day_with_23_or_25_hours(string zone, string first, string last, double days) =>
        Assert.Equal(days, In(zone, first, last).ElapsedDays(LongAgo));

    [Fact]
    public void M5_a_day_in_progress_counts_its_share_of_its_own_hours()
    {
        // Sunday, November 1 in New York has 25 hours; at midday 13 of them have passed.
        var day = new DateOnly(2026, 10, 31);
        var period = new Period(day, day.AddDays(7), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), DateTimeOffset.Parse("2026-11-01T17:00:00Z", null));
        Assert.Equal(1 + (13.0 / 25), period.ElapsedDays(LongAgo)!.Value, 9);
    }

    [Fact]
    public void M5_buckets_that_the_period_or_now_cuts_are_partial()
    {
        // A Wednesday to a Tuesday, seen on the Monday before its end.
        var now = DateTimeOffset.Parse("2026-03-23T12:00:00Z", null);
        var period = new Period(new DateOnly(2026, 3, 4), new DateOnly(2026, 3, 24), TimeZoneInfo.Utc, now);
        Assert.Equal(
            [("2026-W10", true), ("2026-W11", false), ("2026-W12", false), ("2026-W13", true)],
            period.Buckets(Grouping.Week).Select(bucket => (bucket.Key, bucket.IsPartial)));
        var days = period.Buckets(Grouping.Day);
        Assert.Equal(("2026-03-23", true, 20), (days[^1].Key, days[^1].IsPartial, days.Count));
        Assert.All(days.SkipLast(1), day => Assert.False(day.IsPartial));
    }

    [Fact]
    public void A_period_that_ends_before_it_starts_is_refused() =>
        Assert.Throws<ArgumentException>(() => In("UTC", "2026-03-02", "2026-03-01"));

    private static Period In(string zone, string first, string last) =>
        new(DateOnly.Parse(first, null), DateOnly.Parse(last, null), TimeZoneInfo.FindSystemTimeZoneById(zone), Later);
}
