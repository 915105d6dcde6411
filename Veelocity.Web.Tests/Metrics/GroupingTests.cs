using Veelocity.Web.Metrics;

namespace Veelocity.Web.Tests.Metrics;

public sealed class GroupingTests
{
    [Theory]
    [InlineData("2026-01-01", "2025-12-29", "2026-W01")]
    [InlineData("2027-01-03", "2026-12-28", "2026-W53")]
    [InlineData("2026-03-08", "2026-03-02", "2026-W10")]
    [InlineData("2026-03-09", "2026-03-09", "2026-W11")]
    public void M1_weeks_start_on_Monday_and_are_counted_by_ISO(string day, string start, string key)
    {
        var monday = Grouping.Week.StartOf(DateOnly.Parse(day, null));
        Assert.Equal((DateOnly.Parse(start, null), key), (monday, Grouping.Week.KeyOf(monday)));
    }

    [Fact]
    public void Months_follow_each_other_by_their_first_day()
    {
        var start = Grouping.Month.StartOf(new DateOnly(2026, 1, 31));
        Assert.Equal((new DateOnly(2026, 2, 1), "2026-01"), (Grouping.Month.Next(start), Grouping.Month.KeyOf(start)));
    }

    [Theory]
    [InlineData(7, "day")]
    [InlineData(14, "day")]
    [InlineData(30, "week")]
    [InlineData(90, "week")]
    [InlineData(365, "month")]
    public void The_longer_the_period_the_larger_the_bucket(int days, string unit) =>
        Assert.Equal(unit, Grouping.For(Period.LastDays(days, TimeZoneInfo.Utc, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero))).Unit);

    [Theory]
    [InlineData("day", true)]
    [InlineData("week", true)]
    [InlineData("month", true)]
    [InlineData("Day", false)]
    [InlineData("year", false)]
    [InlineData(null, false)]
    public void Only_three_names_are_groupings(string? unit, bool isOne) => Assert.Equal(isOne, Grouping.Parse(unit)?.Unit == unit && unit is not null);
}
