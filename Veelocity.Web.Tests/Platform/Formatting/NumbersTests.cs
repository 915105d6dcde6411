using System.Globalization;
using Veelocity.Web.Platform.Formatting;

namespace Veelocity.Web.Tests.Platform.Formatting;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.0004, "0 %")]
    [InlineData(0.0005, "0.1 %")]
    [InlineData(0.0856, "8.6 %")]
    [InlineData(0.05, "5.0 %")]
    [InlineData(0.0996, "10 %")]
    [InlineData(0.333, "33 %")]
    [InlineData(0.4545, "45 %")]
    [InlineData(0.0945, "9.5 %")]
    [InlineData(0.285, "29 %")]
    [InlineData(1, "100 %")]
    public void A_rate_has_one_decimal_below_ten_percent(double fraction, string expected) =>
        Assert.Equal(expected, Numbers.Rate(fraction));

    [Theory]
    [InlineData(3.2, "3.2 a day")]
    [InlineData(1, "1 a day")]
    [InlineData(142, "142 a day")]
    [InlineData(0.7, "4.9 a week")]
    [InlineData(0.2, "every 5 days")]
    [InlineData(1.0 / 21, "every 3 weeks")]
    [InlineData(1.0 / 90, "every 3 months")]
    [InlineData(0, "none")]
    public void A_frequency_reads_as_people_say_it(double perDay, string expected) =>
        Assert.Equal(expected, Numbers.Frequency(perDay));

    [Theory]
    [InlineData(-0.5, "50 %")]
    [InlineData(0.086, "8.6 %")]
    [InlineData(2.4, "240 %")]
    [InlineData(11, "12-fold")]
    public void A_change_carries_no_sign(double change, string expected) => Assert.Equal(expected, Numbers.Change(change));

    [Theory]
    [InlineData(1, "1 deployment")]
    [InlineData(0, "0 deployments")]
    [InlineData(12_345, "12,345 deployments")]
    public void A_count_agrees_with_its_noun(long count, string expected) => Assert.Equal(expected, Numbers.Count(count, "deployment"));

    [Theory]
    [InlineData("de-DE", "12.345 deployments", "8,6 %", "4,9 a week", "1,4 d")]
    [InlineData("en-US", "12,345 deployments", "8.6 %", "4.9 a week", "1.4 d")]
    [InlineData("fr-FR", "12\u202f345 deployments", "8,6 %", "4,9 a week", "1,4 d")]
    public void Separators_are_those_of_the_reader(string culture, string count, string rate, string frequency, string duration)
    {
        Reader.Set(CultureInfo.GetCultureInfo(culture), zone: null);
        Assert.Equal((count, rate), (Numbers.Count(12_345, "deployment"), Numbers.Rate(0.0856)));
        Assert.Equal((frequency, duration), (Numbers.Frequency(0.7), Durations.Short(1.4 * 86_400)));
    }

    [Theory]
    [InlineData("de-DE,de;q=0.9,en;q=0.8", "de-DE")]
    [InlineData("en;q=0.5, de-AT;q=0.9", "de-AT")]
    [InlineData("xx-made-up, fr", "fr-FR")]
    [InlineData("*", "")]
    [InlineData("", "")]
    public void The_first_language_that_is_known_is_the_readers(string header, string expected)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = header;
        Assert.Equal(expected, ReaderMiddleware.CultureOf(context.Request).Name);
    }

    [Fact]
    public void An_irregular_plural_is_given() => Assert.Equal("2 repositories", Numbers.Count(2, "repository", "repositories"));
}
