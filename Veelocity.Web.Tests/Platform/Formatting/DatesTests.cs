using System.Globalization;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Tests.Platform.Formatting;

public sealed class DatesTests
{
    private static readonly DateTimeOffset LateFridayInNewYork = new(2026, 11, 7, 4, 30, 0, TimeSpan.Zero);

    [Fact]
    public void An_instant_is_written_in_the_organizations_time_zone()
    {
        Assert.Equal("Fri 6 Nov 23:30", Dates.In("America/New_York").Short(LateFridayInNewYork));
        Assert.Equal("Sat 7 Nov 05:30", Dates.In("Europe/Paris").Short(LateFridayInNewYork));
    }

    [Fact]
    public void The_full_form_names_the_offset() =>
        Assert.Equal("2026-11-06T23:30:00-05:00", Dates.In("America/New_York").Iso(LateFridayInNewYork));

    [Theory]
    [InlineData("2026-10-01", "2026-10-31", "1 – 31 Oct 2026")]
    [InlineData("2026-09-24", "2026-10-23", "24 Sep – 23 Oct 2026")]
    [InlineData("2025-12-20", "2026-01-18", "20 Dec 2025 – 18 Jan 2026")]
    [InlineData("2026-10-01", "2026-10-01", "1 Oct 2026")]
    public void A_period_names_its_year_once(string first, string last, string expected) =>
        Assert.Equal(expected, Dates.Range(DateOnly.Parse(first, null), DateOnly.Parse(last, null)));

    [Theory]
    [InlineData("en-GB", "Fri 6 Nov 23:30", "24 Sep – 23 Oct 2026", "1 – 31 Oct 2026")]
    [InlineData("de-DE", "Fri 6 Nov 23:30", "24 Sep – 23 Oct 2026", "1 – 31 Oct 2026")]
    [InlineData("en-US", "Fri, Nov 6, 11:30 PM", "Sep 24 – Oct 23, 2026", "Oct 1 – 31, 2026")]
    [InlineData("fi-FI", "Fri 6 Nov 23.30", "24 Sep – 23 Oct 2026", "1 – 31 Oct 2026")]
    [InlineData("ja-JP", "Fri, Nov 6, 23:30", "2026 Sep 24 – Oct 23", "2026 Oct 1 – 31")]
    [InlineData("fa-IR", "Fri, Nov 6, 23:30", "2026 Sep 24 – Oct 23", "2026 Oct 1 – 31")]
    public void Day_month_year_and_clock_stand_as_the_reader_is_used_to(string culture, string instant, string twoMonths, string oneMonth)
    {
        Reader.Set(CultureInfo.GetCultureInfo(culture), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        Assert.Equal(instant, Dates.ForReader("Europe/Paris").Short(LateFridayInNewYork));
        Assert.Equal(twoMonths, Dates.Range(new(2026, 9, 24), new(2026, 10, 23)));
        Assert.Equal(oneMonth, Dates.Range(new(2026, 10, 1), new(2026, 10, 31)));
        // What programs read is the same for everyone.
        Assert.Equal("2026-11-06T23:30:00-05:00", Dates.ForReader("Europe/Paris").Iso(LateFridayInNewYork));
        Assert.Equal("2026-10-01", Dates.IsoDay(new(2026, 10, 1)));
    }

    [Theory]
    [InlineData(10, "just now")]
    [InlineData(720, "12 min ago")]
    [InlineData(5400, "2 h ago")]
    [InlineData(259_200, "3 d ago")]
    public void An_age_is_rough(int seconds, string expected) =>
        Assert.Equal(expected, Dates.Age(LateFridayInNewYork.AddSeconds(-seconds), LateFridayInNewYork));
}
